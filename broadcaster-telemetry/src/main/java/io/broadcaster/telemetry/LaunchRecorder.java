package io.broadcaster.telemetry;

import io.broadcaster.campaign.LaunchId;
import io.broadcaster.campaign.Platform;
import io.broadcaster.delivery.OutcomeCode;
import io.broadcaster.delivery.Stage;

/** Takes the figures of launches as they arise. Safe for any thread; never blocks on I/O. */
public interface LaunchRecorder {
    /** So many times, a stage was reached so many microseconds after the press. */
    void record(LaunchId launch, Stage stage, long micros, int times);

    /** Devices got their outcome. */
    void count(LaunchId launch, Platform platform, OutcomeCode code, long devices);
}
