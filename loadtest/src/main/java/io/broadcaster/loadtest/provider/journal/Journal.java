package io.broadcaster.loadtest.provider.journal;

import io.broadcaster.audience.DeviceToken;
import io.broadcaster.campaign.Platform;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/**
 * The simulators' own record of what each device got, kept apart from everything that Broadcaster itself records. Written
 * by the simulators' event loops, read by any thread; a reader sees every request judged before its call. Bounds: 64 to
 * 130 bytes per device, {@value #COLLAPSE_IDS_MAX} collapse ids and {@value #REASONS_MAX} reasons told apart.
 */
public final class Journal {
    /** Collapse ids told apart; one per launch in earnest. */
    static final int COLLAPSE_IDS_MAX = 1 << 20;

    /** Reasons told apart; both providers together have about 50. */
    static final int REASONS_MAX = 1 << 8;

    private static final int SHARDS = 64;

    private final Words collapseIds = new Words(COLLAPSE_IDS_MAX);
    private final Words reasons = new Words(REASONS_MAX);
    private final Book ios = new Book();
    private final Book android = new Book();
    private final LongSupplier nanoTime;
    private final long startNanos;
    private final Instant startedAt;

    /** An empty journal whose times are {@code clock}'s now plus what {@code nanoTime} has advanced since. */
    public Journal(InstantSource clock, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        startNanos = nanoTime.getAsLong();
        startedAt = clock.instant();
    }

    /** The provider took a notification; {@code collapseId} is empty when none was given, both id halves 0 for Android. */
    public void accepted(Platform platform, TokenKey device, CharSequence collapseId, long idHigh, long idLow) {
        int collapseNumber = collapseIds.number(collapseId.toString());
        long now = nanoTime.getAsLong() - startNanos;
        book(platform).accepted(device, collapseNumber, new UUID(idHigh, idLow), now);
    }

    /** The provider refused a notification to this device. */
    public void refused(Platform platform, TokenKey device, String reason) {
        book(platform).refused(device, reasons.number(reason));
    }

    /** The provider refused a request that named no device it could read. */
    public void refused(Platform platform, String reason) {
        book(platform).refusals.incrementAndGet(reasons.number(reason));
    }

    /** What this device got. */
    public DeviceReceipts receipts(Platform platform, DeviceToken token) {
        return receipts(platform, TokenKey.of(platform, token));
    }

    /** What the device of this key got. */
    public DeviceReceipts receipts(Platform platform, TokenKey device) {
        Shard shard = book(platform).shard(device);
        synchronized (shard) {
            return shard.table.contains(device) ? receiptsOf(platform, shard.table.entry(device)) : DeviceReceipts.NONE;
        }
    }

    /** Every device with a delivery or a refusal, in no particular order; {@code each} runs under a shard's lock. */
    public void forEach(Platform platform, BiConsumer<TokenKey, DeviceReceipts> each) {
        for (Shard shard : book(platform).shards) {
            synchronized (shard) {
                shard.table.forEach(entry -> each.accept(entry.key(), receiptsOf(platform, entry)));
            }
        }
    }

    /** The sums of one platform. */
    public Totals totals(Platform platform) {
        Book book = book(platform);
        var refusals = new HashMap<String, Long>();
        for (int reason = 0; reason < REASONS_MAX; reason++) {
            long count = book.refusals.get(reason);
            if (count > 0) {
                refusals.put(reasons.word(reason), count);
            }
        }
        long accepted = book.accepted.get();
        return new Totals(
                accepted,
                refusals,
                accepted == 0 ? Instant.EPOCH : instant(book.firstNanos.get()),
                accepted == 0 ? Instant.EPOCH : instant(book.lastNanos.get()));
    }

    /** Writes everything as JSON Lines with token keys, never tokens, for {@link JournalFile#read} of another process. */
    public void dump(Path file) {
        JournalFile.write(this, file);
    }

    /** The sums of one platform: deliveries, refusals by reason, and when the first and last delivery were accepted. */
    public record Totals(long accepted, Map<String, Long> refusals, Instant firstAccepted, Instant lastAccepted) {
        public Totals {
            refusals = Map.copyOf(refusals);
        }

        /** Refusals for any reason. */
        public long refused() {
            return refusals.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /** Puts a line of a dump back. */
    void restore(Platform platform, TokenKey device, DeviceReceipts receipts) {
        var ids = new ArrayList<>(receipts.apnsIds());
        long first = Duration.between(startedAt, receipts.firstAccepted()).toNanos();
        long last = Duration.between(startedAt, receipts.lastAccepted()).toNanos();
        int ordinal = 0;
        for (var delivery : receipts.collapseIds().entrySet()) {
            for (int i = 0; i < delivery.getValue(); i++, ordinal++) {
                UUID id = ordinal < ids.size() ? ids.get(ordinal) : new UUID(0, 0);
                book(platform).accepted(device, collapseIds.number(delivery.getKey()), id, ordinal == 0 ? first : last);
            }
        }
        receipts.refusals().forEach((reason, count) -> {
            for (int i = 0; i < count; i++) {
                book(platform).refused(device, reasons.number(reason));
            }
        });
    }

    /** Puts the refusals without a device of a dump back. */
    void restore(Platform platform, String reason, long count) {
        book(platform).refusals.addAndGet(reasons.number(reason), count);
    }

    private Book book(Platform platform) {
        return switch (platform) {
            case IOS -> ios;
            case ANDROID -> android;
        };
    }

    private Instant instant(long nanos) {
        return startedAt.plusNanos(nanos);
    }

    private DeviceReceipts receiptsOf(Platform platform, ReceiptTable.Entry entry) {
        var more = entry.repeats();
        var byCollapseId = new HashMap<String, Integer>();
        var ids = new ArrayList<UUID>();
        if (entry.accepted() > 0) {
            byCollapseId.put(collapseIds.word(entry.firstCollapseNumber()), 1);
            ids.add(new UUID(entry.firstId()[0], entry.firstId()[1]));
        }
        more.collapseNumbers.forEach(
                (number, count) -> byCollapseId.merge(collapseIds.word(number), count, Integer::sum));
        for (int i = 0; i < more.ids.length; i += 2) {
            ids.add(new UUID(more.ids[i], more.ids[i + 1]));
        }
        var refusals = new HashMap<String, Integer>();
        int otherRefusals =
                more.reasons.values().stream().mapToInt(Integer::intValue).sum();
        if (entry.refused() > 0) {
            refusals.put(reasons.word(entry.firstReason()), Math.max(1, entry.refused() - otherRefusals));
        }
        more.reasons.forEach((number, count) -> refusals.merge(reasons.word(number), count, Integer::sum));
        return new DeviceReceipts(
                entry.accepted(),
                byCollapseId,
                switch (platform) {
                    case IOS -> ids;
                    case ANDROID -> List.of();
                },
                entry.accepted() == 0 ? Instant.EPOCH : instant(entry.firstNanos()),
                entry.accepted() == 0
                        ? Instant.EPOCH
                        : instant(entry.accepted() == 1 ? entry.firstNanos() : more.lastNanos),
                refusals);
    }

    /** One lock's worth of devices. */
    private static final class Shard {
        private final ReceiptTable table = new ReceiptTable();
    }

    /** One platform. */
    private static final class Book {
        private final Shard[] shards = new Shard[SHARDS];
        private final AtomicLong accepted = new AtomicLong();
        private final AtomicLong firstNanos = new AtomicLong(Long.MAX_VALUE);
        private final AtomicLong lastNanos = new AtomicLong(Long.MIN_VALUE);
        private final AtomicLongArray refusals = new AtomicLongArray(REASONS_MAX);

        Book() {
            for (int i = 0; i < SHARDS; i++) {
                shards[i] = new Shard();
            }
        }

        Shard shard(TokenKey device) {
            return shards[(int) (device.high() >>> 58)];
        }

        void accepted(TokenKey device, int collapseNumber, UUID id, long nanos) {
            Shard shard = shard(device);
            synchronized (shard) {
                shard.table.accepted(
                        device, collapseNumber, id.getMostSignificantBits(), id.getLeastSignificantBits(), nanos);
            }
            if (nanos < firstNanos.get()) {
                firstNanos.accumulateAndGet(nanos, Math::min);
            }
            if (nanos > lastNanos.get()) {
                lastNanos.accumulateAndGet(nanos, Math::max);
            }
            accepted.incrementAndGet();
        }

        void refused(TokenKey device, int reason) {
            Shard shard = shard(device);
            synchronized (shard) {
                shard.table.refused(device, reason);
            }
            refusals.incrementAndGet(reason);
        }
    }
}
