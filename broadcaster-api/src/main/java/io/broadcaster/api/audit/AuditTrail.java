package io.broadcaster.api.audit;

import io.broadcaster.api.meters.ApiMeters;
import io.broadcaster.audit.AuditAct;
import io.broadcaster.audit.AuditEntry;
import io.broadcaster.audit.AuditLog;
import io.broadcaster.audit.AuditStore;
import io.broadcaster.audit.AuditSubject;
import io.broadcaster.campaign.CampaignId;
import io.broadcaster.campaign.StoreException;
import io.broadcaster.task.WaitingClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the API writes acts down. {@link #write} blocks, and throws when the log is not to be had: the act is not to be done
 * then. {@link #writeLater} never blocks and never fails: one thread writes what waits, as often as it takes. At most {@value
 * #WAITING_MAX} acts wait; what comes on top is dropped and counted. Any thread. Closing it writes what waits, for at most 5 s.
 */
public final class AuditTrail implements AutoCloseable {
    /** Acts that wait to be written; about 1 KiB each. */
    public static final int WAITING_MAX = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(AuditTrail.class);

    /** A press and its abort. */
    private static final int ACTS_OF_ONE_MAX = 2;

    private static final Duration RETRY_AFTER = Duration.ofMillis(500);
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);
    private static final Duration CLOSE_MAX = Duration.ofSeconds(5);

    private final AuditStore store;
    private final AuditLog log;
    private final Acts acts;
    private final ApiMeters meters;
    private final BlockingQueue<Supplier<List<AuditAct>>> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread writer;
    private boolean failing;

    private AuditTrail(AuditStore store, AuditLog log, Acts acts, ApiMeters meters) {
        this.store = store;
        this.log = log;
        this.acts = acts;
        this.meters = meters;
        this.writer = Thread.ofVirtual().name("api-audit").unstarted(this::writeUntilClosed);
    }

    /** A trail whose acts wait until it is started. */
    public static AuditTrail over(
            AuditStore store, Acts acts, RandomGenerator random, WaitingClock clock, ApiMeters meters) {
        var log = new AuditLog(store, random, clock, entry -> written(entry, meters));
        var trail = new AuditTrail(store, log, acts, meters);
        meters.bound(ApiMeters.Bound.AUDIT_WAITING, trail.waiting::size, WAITING_MAX);
        return trail;
    }

    /** Starts the thread that writes what waits. Once, and then it must be closed. */
    public void start() {
        writer.start();
    }

    /** What acts are made by. */
    public Acts acts() {
        return acts;
    }

    /** Writes the act down before it is done; {@link AuditUnavailableException} when that cannot be. */
    public void write(AuditAct act) {
        write(List.of(act));
    }

    /** The highest revision that a campaign of this id ever had, those that were deleted included; 0 when there was none. */
    public int lastRevision(CampaignId id) {
        try {
            int last = 0;
            String after = "";
            while (true) {
                List<AuditEntry> page = store.list(AuditSubject.of(id), after, AuditStore.PAGE_MAX);
                for (AuditEntry entry : page) {
                    last = Math.max(last, entry.act().revision());
                }
                if (page.size() < AuditStore.PAGE_MAX) {
                    return last;
                }
                after = page.getLast().act().key();
            }
        } catch (StoreException e) {
            throw unavailable(e);
        }
    }

    void write(List<AuditAct> acts) {
        try {
            log.write(acts);
        } catch (StoreException e) {
            throw unavailable(e);
        }
    }

    private AuditUnavailableException unavailable(StoreException why) {
        meters.auditFailed();
        return new AuditUnavailableException(why);
    }

    /** Writes the acts down in a moment; they are made, and their records hashed, by the thread that writes. */
    public void writeLater(Supplier<List<AuditAct>> acts) {
        if (!waiting.offer(acts)) {
            meters.auditDropped();
        }
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            if (!writer.join(CLOSE_MAX)) {
                LOG.atWarn().addKeyValue("acts", waiting.size()).log("acts were not written to the audit log");
                writer.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void writeUntilClosed() {
        try {
            while (true) {
                Supplier<List<AuditAct>> next = waiting.poll(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
                if (next != null) {
                    writeOrSkip(next);
                } else if (closing.getCount() == 0) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Acts that cannot be made are a fault of ours, and no reason to write no others; the catch-up finds them missing. */
    private void writeOrSkip(Supplier<List<AuditAct>> first) throws InterruptedException {
        try {
            writeAsOftenAsItTakes(batchFrom(first));
        } catch (RuntimeException e) {
            meters.auditFailed();
            LOG.atError().setCause(e).log("acts could not be written to the audit log; the others are");
        }
    }

    private List<AuditAct> batchFrom(Supplier<List<AuditAct>> first) {
        var acts = new ArrayList<>(first.get());
        while (acts.size() + ACTS_OF_ONE_MAX <= AuditStore.APPEND_MAX) {
            Supplier<List<AuditAct>> more = waiting.poll();
            if (more == null) {
                return acts;
            }
            acts.addAll(more.get());
        }
        return acts;
    }

    private void writeAsOftenAsItTakes(List<AuditAct> acts) throws InterruptedException {
        while (true) {
            try {
                write(acts);
                told(false);
                return;
            } catch (AuditUnavailableException e) {
                if (!failing) {
                    LOG.atWarn().setCause(e).log("the audit log cannot be written; presses and aborts wait for it");
                }
                told(true);
                boolean last = closing.await(RETRY_AFTER.toMillis(), TimeUnit.MILLISECONDS);
                if (last) {
                    LOG.atWarn().addKeyValue("acts", acts.size()).log("acts were not written to the audit log");
                    return;
                }
            }
        }
    }

    private void told(boolean fails) {
        if (failing && !fails) {
            LOG.info("the audit log can be written again");
        }
        failing = fails;
    }

    /** A line per entry, with its hash: logs are kept elsewhere, and so hold what the chain must contain. */
    private static void written(AuditEntry entry, ApiMeters meters) {
        meters.auditWritten();
        LOG.atInfo()
                .addKeyValue("head", entry.head())
                .addKeyValue("action", entry.act().action().wireName())
                .addKeyValue("subject", entry.act().subject())
                .addKeyValue("by", entry.act().who())
                .log("audit entry");
    }
}
