package io.broadcaster.loader;

import io.broadcaster.audience.DeviceStore;
import io.broadcaster.audience.LoadProgress.Phase;
import io.broadcaster.audience.LoadProgress.RejectedRow;
import io.broadcaster.audience.ObjectStore;
import io.broadcaster.audience.SnapshotKeys;
import io.broadcaster.campaign.AudienceSource;
import io.broadcaster.campaign.Campaign;
import io.broadcaster.campaign.InvalidInput;
import io.broadcaster.campaign.SnapshotSummary;
import io.broadcaster.loader.check.RowCheck;
import io.broadcaster.loader.read.AudienceLines;
import io.broadcaster.loader.resolve.Chunks;
import io.broadcaster.loader.resolve.ResolvedChunk;
import io.broadcaster.loader.resolve.Resolver;
import io.broadcaster.loader.store.BrokenWorkException;
import io.broadcaster.loader.store.RejectFile;
import io.broadcaster.loader.store.SnapshotFiles;
import io.broadcaster.loader.store.SnapshotWriter;
import io.broadcaster.loader.store.Spool;
import io.broadcaster.loader.store.SpoolCounts;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * One load of a campaign revision, from the stored list of users to the sealed snapshot, in constant memory and resumable
 * at any point: users are resolved into work segments, those are merged into the snapshot's columns, the manifest comes
 * last. Doing it again after any failure gives the same bytes. Safe for any thread, one {@link #run} each.
 */
final class Load {
    private final LoaderConfig config;
    private final ObjectStore objects;
    private final DeviceStore devices;
    private final LoaderMeters meters;

    Load(LoaderConfig config, ObjectStore objects, DeviceStore devices, LoaderMeters meters) {
        this.config = config;
        this.objects = objects;
        this.devices = devices;
        this.meters = meters;
    }

    /** What is loaded: the campaign as read, its audience, and when the load was asked for. */
    record Request(Campaign campaign, AudienceSource.Stored audience, Instant requestedAt) {}

    /**
     * Runs to the end. Failures of a store surface as they are: the task is tried again and goes on where this one
     * stopped. {@code held} is asked between steps whether to go on.
     */
    LoadResult run(Request request, BooleanSupplier held, ProgressBoard board) {
        try {
            return runWhole(request, held, board);
        } catch (InvalidInput e) {
            SnapshotFiles.deleteUnsealed(objects, request.campaign());
            return new LoadResult.Failed(String.valueOf(e.getMessage()));
        } catch (BrokenWorkException e) {
            SnapshotFiles.deleteUnsealed(objects, request.campaign());
            throw e;
        }
    }

    private LoadResult runWhole(Request request, BooleanSupplier held, ProgressBoard board) {
        var writer = new SnapshotWriter(objects, request.campaign());
        Optional<SnapshotSummary> sealed = writer.sealed();
        if (sealed.isPresent()) {
            SnapshotFiles.deleteWork(objects, request.campaign());
            return new LoadResult.Sealed(sealed.get());
        }
        Spool spool = openSpool(request);
        if (!spool.complete()) {
            resolve(request, spool, held, board);
        }
        board.show(Phase.WRITING, request.audience().bytes(), spool.counts().soFar(), spool.sample());
        RejectFile.write(
                spool,
                SnapshotKeys.rejects(request.campaign().id(), request.campaign().revision()));
        requireDevices(spool);
        var bounds = new SnapshotWriter.MergeBounds(config.passBytes(), config.parallelism());
        var written = writer.write(spool, request.requestedAt(), bounds, () -> requireHeld(held));
        requireHeld(held);
        SnapshotSummary snapshot = writer.seal(written);
        SnapshotFiles.deleteWork(objects, request.campaign());
        return new LoadResult.Sealed(snapshot);
    }

    /** The segments of an earlier attempt, or a clean start. */
    private Spool openSpool(Request request) {
        String prefix = SnapshotFiles.work(request.campaign(), request.requestedAt());
        Spool spool = Spool.open(objects, prefix, config.segmentBytes());
        if (spool.fresh()) {
            SnapshotFiles.deleteUnsealed(objects, request.campaign());
        }
        return spool;
    }

    private void resolve(Request request, Spool spool, BooleanSupplier held, ProgressBoard board) {
        var resolver = new Resolver(devices, config.parallelism(), meters.lookUps);
        try (var lines = AudienceLines.open(objects, request.audience(), config.readLimits())) {
            var chunks = new Chunks(lines, new RowCheck(request.audience().format()));
            chunks.skipRows(spool.counts().rows());
            resolver.resolve(chunks, resolved -> {
                requireHeld(held);
                take(resolved, spool, board);
            });
            lines.requireWhole();
        }
        requireHeld(held);
        spool.finish();
        meters.segments.increment();
    }

    private void take(ResolvedChunk resolved, Spool spool, ProgressBoard board) {
        SpoolCounts before = spool.counts();
        int segmentsBefore = spool.segmentCount();
        spool.add(resolved);
        SpoolCounts after = spool.counts();
        meters.found(before, after);
        meters.segments.increment(spool.segmentCount() - segmentsBefore);
        board.show(Phase.RESOLVING, resolved.chunk().bytesRead(), after.soFar(), spool.sample());
    }

    private static void requireHeld(BooleanSupplier held) {
        if (!held.getAsBoolean()) {
            throw new LeaseLostException();
        }
    }

    private static void requireDevices(Spool spool) {
        SpoolCounts counts = spool.counts();
        if (counts.rows() == 0) {
            throw new InvalidInput("audience", "must have at least one user id", "empty");
        }
        if (counts.users() == 0) {
            RejectedRow first = spool.sample().getFirst();
            throw new InvalidInput(
                    "audience",
                    "must have at least one well-formed row",
                    counts.malformedRows() + " malformed; row " + first.row() + " " + first.rule());
        }
        if (counts.devices() == 0) {
            throw new InvalidInput(
                    "audience", "must have a user with a device: no user has one", counts.users() + " users");
        }
    }
}
