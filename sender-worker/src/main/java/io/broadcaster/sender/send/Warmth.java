package io.broadcaster.sender.send;

/** Whether a provider's connections are open and its answer shows that our credentials hold. */
public sealed interface Warmth {
    /** Ready to send at full speed. */
    record Warm(int connections) implements Warmth {}

    /** Not yet; {@code why} is a sentence without secrets. */
    record Cold(String why) implements Warmth {}
}
