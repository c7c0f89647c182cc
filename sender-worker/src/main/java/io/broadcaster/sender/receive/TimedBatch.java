package io.broadcaster.sender.receive;

import io.broadcaster.campaign.Platform;
import io.broadcaster.delivery.OutcomeCode;
import io.broadcaster.delivery.SendOutcome;
import io.broadcaster.delivery.Stage;
import io.broadcaster.sender.send.BatchObserver;
import io.broadcaster.task.LaunchFacts;
import io.broadcaster.telemetry.LaunchRecorder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Turns the moments of one batch into figures: each stage in microseconds since the press. */
record TimedBatch(LaunchFacts launch, Platform platform, LaunchRecorder timings, BatchListener listener)
        implements BatchObserver {
    @Override
    public void firstRequest(Instant at) {
        record(Stage.FIRST_REQUEST, at);
    }

    @Override
    public void firstAnswer(Instant at) {
        record(Stage.FIRST_ANSWER, at);
    }

    @Override
    public void attempts(SendOutcome outcome, int devices) {
        listener.attempts(platform, outcome, devices);
    }

    @Override
    public void settled(OutcomeCode code, int devices, Instant at) {
        record(Stage.ANSWER, at, devices);
    }

    void record(Stage stage, Instant at) {
        record(stage, at, 1);
    }

    private void record(Stage stage, Instant at, int times) {
        timings.record(launch.id(), stage, ChronoUnit.MICROS.between(launch.pressedAt(), at), times);
    }
}
