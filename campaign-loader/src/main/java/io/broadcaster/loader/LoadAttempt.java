package io.broadcaster.loader;

import io.broadcaster.audience.LoadProgress.Phase;
import io.broadcaster.audience.LoadProgressStore;
import io.broadcaster.campaign.LoadCounts;
import io.broadcaster.loader.store.OvertakenException;
import io.broadcaster.task.Lease;
import io.broadcaster.telemetry.Rounds;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One attempt at a load: shows the progress, and tells start and end in the log. Safe for any thread. */
final class LoadAttempt {
    private static final Logger log = LoggerFactory.getLogger(LoadAttempt.class);

    private final LoaderConfig config;
    private final Load load;
    private final LoadProgressStore progress;
    private final InstantSource clock;
    private final LoaderMeters meters;

    LoadAttempt(LoaderConfig config, Load load, LoadProgressStore progress, InstantSource clock, LoaderMeters meters) {
        this.config = config;
        this.load = load;
        this.progress = progress;
        this.clock = clock;
        this.meters = meters;
    }

    /** How the attempt ended, unless a store failed. */
    sealed interface Ended {
        /** The load ran to its end. */
        record Finished(LoadResult result) implements Ended {}

        /** The load stopped where it was; its segments stand. */
        record Interrupted(String reason) implements Ended {}
    }

    Ended run(Load.Request request, int receiveCount, Lease lease) {
        var campaign = request.campaign();
        Instant start = clock.instant();
        log.atInfo()
                .addKeyValue("campaign", campaign.id())
                .addKeyValue("revision", campaign.revision())
                .addKeyValue("attempt", receiveCount)
                .addKeyValue("bytes", request.audience().bytes())
                .log("load started");
        var board = new ProgressBoard(progress, campaign.id(), campaign.revision(), request.audience(), clock);
        LoadResult result;
        try (var _ = Rounds.start("load-progress", config.progressInterval(), meters.registry, board::put)) {
            result = load.run(request, lease::held, board);
        } catch (LeaseLostException | OvertakenException e) {
            return new Ended.Interrupted(String.valueOf(e.getMessage()));
        }
        Duration took = Duration.between(start, clock.instant());
        switch (result) {
            case LoadResult.Sealed(var snapshot) -> {
                board.showSealed(snapshot.counts());
                meters.loadTime.record(took);
            }
            case LoadResult.Failed _ -> board.show(Phase.FAILED);
        }
        board.put();
        tell(request, result, board.counts(), took);
        return new Ended.Finished(result);
    }

    private static void tell(Load.Request request, LoadResult result, LoadCounts counts, Duration took) {
        long millis = Math.max(took.toMillis(), 1);
        var line = switch (result) {
            case LoadResult.Sealed(var snapshot) ->
                log.atInfo()
                        .addKeyValue("sha256", snapshot.manifestSha256())
                        .addKeyValue("ios", snapshot.iosDevices())
                        .addKeyValue("android", snapshot.androidDevices())
                        .addKeyValue("batches", snapshot.batches());
            case LoadResult.Failed(String reason) -> log.atWarn().addKeyValue("reason", reason);
        };
        line = line.addKeyValue("campaign", request.campaign().id())
                .addKeyValue("revision", request.campaign().revision())
                .addKeyValue("rows", counts.rows())
                .addKeyValue("malformed", counts.malformedRows())
                .addKeyValue("withoutDevice", counts.usersWithoutDevice())
                .addKeyValue("duplicates", counts.duplicateDevices())
                .addKeyValue("millis", took.toMillis())
                .addKeyValue("rowsPerSecond", counts.rows() * 1_000 / millis);
        switch (result) {
            case LoadResult.Sealed _ -> line.log("load sealed");
            case LoadResult.Failed _ -> line.log("load failed");
        }
    }
}
