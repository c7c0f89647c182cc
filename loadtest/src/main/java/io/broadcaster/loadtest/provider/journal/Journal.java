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
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The simulators' own record of what each device got, kept apart from everything that Broadcaster itself records. A log: the
 * simulators' event loops append, and whoever asks for a device has it indexed first. Safe for any thread; a reader sees
 * every request judged before its call. Bounds: 56 bytes per delivery or refusal, {@value #COLLAPSE_IDS_MAX} collapse ids
 * and {@value #REASONS_MAX} reasons told apart.
 */
public final class Journal {
    /** Collapse ids told apart; one per launch in earnest. */
    static final int COLLAPSE_IDS_MAX = 1 << 20;

    /** Reasons told apart; both providers together have about 50. */
    static final int REASONS_MAX = 1 << 8;

    /** Most apns-ids told of one device; all their deliveries are counted. */
    private static final int IDS_MAX = 9;

    private final Words collapseIds = new Words(COLLAPSE_IDS_MAX);
    private final Words reasons = new Words(REASONS_MAX);
    private final Book ios;
    private final Book android;
    private final Instant startedAt;

    /** An empty journal whose times are {@code clock}'s now plus what {@code nanoTime} has advanced since. */
    public Journal(InstantSource clock, LongSupplier nanoTime) {
        long startNanos = nanoTime.getAsLong();
        startedAt = clock.instant();
        LongSupplier sinceStart = () -> nanoTime.getAsLong() - startNanos;
        ios = new Book(true, sinceStart);
        android = new Book(false, sinceStart);
    }

    /** The calling thread's own pen; it must not be handed to another. */
    public JournalWriter writer(Platform platform) {
        return book(platform).writer();
    }

    /** The number of a collapse id, a new one where need be; {@code ""} has one too. */
    public int collapseNumber(String collapseId) {
        return collapseIds.number(collapseId);
    }

    /** The number of a reason, a new one where need be. */
    public int reasonNumber(String reason) {
        return reasons.number(reason);
    }

    /** The provider took a notification; {@code collapseId} is empty when none was given, both id halves 0 for Android. */
    public void accepted(Platform platform, TokenKey device, CharSequence collapseId, long idHigh, long idLow) {
        JournalWriter writer = writer(platform);
        writer.now();
        writer.accepted(device.high(), device.low(), collapseNumber(collapseId.toString()), idHigh, idLow);
    }

    /** The provider refused a notification to this device. */
    public void refused(Platform platform, TokenKey device, String reason) {
        JournalWriter writer = writer(platform);
        writer.now();
        writer.refused(device.high(), device.low(), reasonNumber(reason));
    }

    /** The provider refused a request that named no device it could read. */
    public void refused(Platform platform, String reason) {
        writer(platform).refused(reasonNumber(reason));
    }

    /** What this device got. */
    public DeviceReceipts receipts(Platform platform, DeviceToken token) {
        return receipts(platform, TokenKey.of(platform, token));
    }

    /** What the device of this key got. */
    public DeviceReceipts receipts(Platform platform, TokenKey device) {
        var trace = new DeviceTrace();
        return read(platform, device.high(), device.low(), trace) ? receiptsOf(platform, trace) : DeviceReceipts.NONE;
    }

    /** Every device with a delivery or a refusal, in no particular order; {@code each} runs under the platform's lock. */
    public void forEach(Platform platform, BiConsumer<TokenKey, DeviceReceipts> each) {
        forEachTrace(platform, trace -> each.accept(trace.key(), receiptsOf(platform, trace)));
    }

    /** Reads what a device got into {@code trace}; false when nothing reached it and nothing was refused. */
    public boolean read(Platform platform, long keyHigh, long keyLow, DeviceTrace trace) {
        DeviceIndex index = book(platform).index();
        synchronized (index) {
            return index.read(keyHigh, keyLow, trace);
        }
    }

    /** The same devices as {@link #forEach} as traces; the one object is lent for each call. */
    public void forEachTrace(Platform platform, Consumer<DeviceTrace> each) {
        DeviceIndex index = book(platform).index();
        synchronized (index) {
            index.forEach(new DeviceTrace(), each);
        }
    }

    /** Devices with a delivery or a refusal. */
    public int devices(Platform platform) {
        DeviceIndex index = book(platform).index();
        synchronized (index) {
            return index.devices();
        }
    }

    /** The sums of one platform. */
    public Totals totals(Platform platform) {
        var refusals = new HashMap<String, Long>();
        long accepted = 0;
        long firstNanos = Long.MAX_VALUE;
        long lastNanos = Long.MIN_VALUE;
        for (JournalWriter writer : book(platform).writers()) {
            long own = writer.acceptedSum();
            accepted += own;
            if (own > 0) {
                firstNanos = Math.min(firstNanos, writer.firstNanos());
                lastNanos = Math.max(lastNanos, writer.lastNanos());
            }
            for (int reason = 0; reason < REASONS_MAX; reason++) {
                long count = writer.refusedSum(reason);
                if (count > 0) {
                    refusals.merge(reasons.word(reason), count, Long::sum);
                }
            }
        }
        return new Totals(
                accepted,
                refusals,
                accepted == 0 ? Instant.EPOCH : instant(firstNanos),
                accepted == 0 ? Instant.EPOCH : instant(lastNanos));
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
        JournalWriter writer = writer(platform);
        var ids = receipts.apnsIds();
        long first = Duration.between(startedAt, receipts.firstAccepted()).toNanos();
        long last = Duration.between(startedAt, receipts.lastAccepted()).toNanos();
        int ordinal = 0;
        for (var delivery : receipts.collapseIds().entrySet()) {
            for (int i = 0; i < delivery.getValue(); i++, ordinal++) {
                UUID id = ordinal < ids.size() ? ids.get(ordinal) : new UUID(0, 0);
                writer.at(ordinal == 0 ? first : last);
                writer.accepted(
                        device.high(),
                        device.low(),
                        collapseNumber(delivery.getKey()),
                        id.getMostSignificantBits(),
                        id.getLeastSignificantBits());
            }
        }
        receipts.refusals().forEach((reason, count) -> {
            for (int i = 0; i < count; i++) {
                writer.refused(device.high(), device.low(), reasonNumber(reason));
            }
        });
    }

    /** Puts the refusals without a device of a dump back. */
    void restore(Platform platform, String reason, long count) {
        writer(platform).addRefused(reasonNumber(reason), count);
    }

    private Book book(Platform platform) {
        return switch (platform) {
            case IOS -> ios;
            case ANDROID -> android;
        };
    }

    /** From when the times of a {@link DeviceTrace} count. */
    public Instant startedAt() {
        return startedAt;
    }

    private Instant instant(long nanos) {
        return startedAt.plusNanos(nanos);
    }

    private DeviceReceipts receiptsOf(Platform platform, DeviceTrace trace) {
        var byCollapseId = new HashMap<String, Integer>();
        var refusals = new HashMap<String, Integer>();
        var ids = new ArrayList<UUID>();
        for (int i = trace.size() - 1; i >= 0; i--) {
            int what = trace.what(i);
            if (what < 0) {
                refusals.merge(reasons.word(~what), 1, Integer::sum);
                continue;
            }
            byCollapseId.merge(collapseIds.word(what), 1, Integer::sum);
            if (ids.size() < IDS_MAX) {
                ids.add(new UUID(trace.idHigh(i), trace.idLow(i)));
            }
        }
        return new DeviceReceipts(
                trace.accepted(),
                byCollapseId,
                switch (platform) {
                    case IOS -> ids;
                    case ANDROID -> List.of();
                },
                trace.accepted() == 0 ? Instant.EPOCH : instant(trace.firstNanos()),
                trace.accepted() == 0 ? Instant.EPOCH : instant(trace.lastNanos()),
                refusals);
    }
}
