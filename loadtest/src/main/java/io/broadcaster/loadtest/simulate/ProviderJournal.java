package io.broadcaster.loadtest.simulate;

import io.broadcaster.campaign.LaunchId;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;

/** What the providers saw of each device, and when. Nothing in it comes from Broadcaster's own books. */
final class ProviderJournal {
    private static final long NEVER = -1;

    private final LaunchId collapseId;
    private final int[] requests;
    private final int[] accepted;
    private final long[] firstAccepted;
    private final long[] lastAccepted;
    private final UUID[] notificationIds;
    private long otherCollapseIds;
    private long otherNotificationIds;
    private long ambiguousAnswers;

    ProviderJournal(int devices, LaunchId collapseId) {
        this.collapseId = collapseId;
        requests = new int[devices];
        accepted = new int[devices];
        firstAccepted = new long[devices];
        lastAccepted = new long[devices];
        notificationIds = new UUID[devices];
        Arrays.fill(firstAccepted, NEVER);
        Arrays.fill(lastAccepted, NEVER);
    }

    /** A request about the device came in. */
    void request(int device, LaunchId collapse, UUID notification) {
        requests[device]++;
        if (!collapse.equals(collapseId)) {
            otherCollapseIds++;
        }
        UUID before = notificationIds[device];
        if (before == null) {
            notificationIds[device] = notification;
        } else if (!before.equals(notification)) {
            otherNotificationIds++;
        }
    }

    /** It was taken: the phone shows it. */
    void accept(int device, Duration at) {
        accepted[device]++;
        lastAccepted[device] = at.toNanos();
        if (firstAccepted[device] == NEVER) {
            firstAccepted[device] = at.toNanos();
        }
    }

    /** A request's answer did not say what became of it. */
    void ambiguous(int answers) {
        ambiguousAnswers += answers;
    }

    int devices() {
        return accepted.length;
    }

    int accepted(int device) {
        return accepted[device];
    }

    int requests(int device) {
        return requests[device];
    }

    /** Requests about all devices. */
    long requests() {
        return Arrays.stream(requests).asLongStream().sum();
    }

    /** Copies beyond the first of each device. */
    long extraCopies() {
        return Arrays.stream(accepted).filter(n -> n > 1).mapToLong(n -> n - 1L).sum();
    }

    /** Devices that got more than one copy. */
    long duplicated() {
        return Arrays.stream(accepted).filter(n -> n > 1).count();
    }

    /** Devices with a copy that came after this time. */
    long acceptedAfter(Duration time) {
        return Arrays.stream(lastAccepted).filter(at -> at > time.toNanos()).count();
    }

    /** Devices with a copy that came before this time. */
    long acceptedBefore(Duration time) {
        return Arrays.stream(firstAccepted)
                .filter(at -> at != NEVER && at < time.toNanos())
                .count();
    }

    /** When so great a share of the accepted devices had their first copy. */
    Duration reached(double share) {
        long[] times =
                Arrays.stream(firstAccepted).filter(at -> at != NEVER).sorted().toArray();
        return times.length == 0
                ? Duration.ZERO
                : Duration.ofNanos(times[Math.min(times.length - 1, (int) (share * times.length))]);
    }

    /** When the last of these devices had its first copy. */
    Duration reached(int from, int to) {
        return Duration.ofNanos(
                Math.max(0, Arrays.stream(firstAccepted, from, to).max().orElse(0)));
    }

    /** When the last copy came. */
    Duration lastAccepted() {
        return Duration.ofNanos(Math.max(0, Arrays.stream(lastAccepted).max().orElse(0)));
    }

    /** Requests under another collapse id than the launch's. */
    long otherCollapseIds() {
        return otherCollapseIds;
    }

    /** Requests about a device under another notification id than its first. */
    long otherNotificationIds() {
        return otherNotificationIds;
    }

    long ambiguousAnswers() {
        return ambiguousAnswers;
    }
}
