package io.broadcaster.api.go;

import io.broadcaster.campaign.LaunchId;

/** Takes the time from the press to each slice's place in tier 1. */
@FunctionalInterface
public interface SliceTimings {
    /** One slice is in the queue. */
    void sliceSent(LaunchId launch, long microsSincePress);
}
