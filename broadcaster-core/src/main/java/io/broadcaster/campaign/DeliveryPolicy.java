package io.broadcaster.campaign;

/**
 * What to do with a device whose answer was lost. AT_LEAST_ONCE sends again under the same collapse id, so that the
 * phone shows one; AT_MOST_ONCE makes it {@code unknown} and never sends again.
 */
public enum DeliveryPolicy {
    AT_LEAST_ONCE,
    AT_MOST_ONCE
}
