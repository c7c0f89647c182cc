package io.broadcaster.api.http;

import com.linecorp.armeria.common.RequestContext;
import com.linecorp.armeria.common.logging.RequestLog;
import io.broadcaster.api.identity.Act;
import io.broadcaster.api.identity.Caller;
import io.broadcaster.api.meters.ApiMeters;
import io.broadcaster.api.meters.ApiMeters.Limit;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * How often somebody may fail, and may ask for what costs much. What launches, and what stops a launch, is never counted and
 * never held up. Whoever has proved who he is is counted under his name. Proofs that do not hold are counted under their
 * address, where they hold up nobody else: a stranger behind the same proxy must not keep the marketer from the room, nor
 * from signing in. Any thread.
 */
public final class RateLimits {
    /** Acts that read, write or send much. */
    private static final Set<Act> COSTLY = EnumSet.of(Act.UPLOAD_AUDIENCE, Act.LOAD, Act.PROOF, Act.EXPORT);

    /** The press, and what takes it back: a launch must not go on for want of an allowance. */
    private static final Set<Act> FREE = EnumSet.of(Act.PRESS, Act.ABORT, Act.DISARM);

    /** To bring no proof is no failure, and not to be looked at neither. */
    private static final Set<Problem.Kind> NOT_COUNTED = EnumSet.of(Problem.Kind.NO_PRINCIPAL, Problem.Kind.BUSY);

    private static final Duration AT_ONCE_WAIT = Duration.ofSeconds(1);
    private static final int FAILURES_FROM = 400;
    private static final int FAULTS_FROM = 500;
    private static final int TOO_MANY = 429;

    private final Allowance failures;
    private final Allowance strangers;
    private final Allowance costlyActs;
    private final ApiMeters meters;

    /** Answers 4xx and costly acts, per minute and caller; {@code callersMax} callers are remembered for each. */
    public record Bounds(int failuresPerMinute, int costlyActsPerMinute, int callersMax) {}

    public RateLimits(Bounds bounds, InstantSource clock, ApiMeters meters) {
        failures = new Allowance(bounds.failuresPerMinute(), bounds.callersMax(), clock);
        strangers = new Allowance(bounds.failuresPerMinute(), bounds.callersMax(), clock);
        costlyActs = new Allowance(bounds.costlyActsPerMinute(), bounds.callersMax(), clock);
        this.meters = meters;
        meters.bound(ApiMeters.Bound.LIMITED_CALLERS, failures::keys, bounds.callersMax());
        meters.bound(ApiMeters.Bound.LIMITED_ADDRESSES, strangers::keys, bounds.callersMax());
    }

    /**
     * What somebody is told who did not prove who he is: {@code problem}, or that it was too often. Whoever brought no proof
     * is always told so: by that a browser finds the way to sign in.
     */
    Problem stranger(InetAddress address, Act act, Problem problem) {
        if (FREE.contains(act) || NOT_COUNTED.contains(problem.kind())) {
            return problem;
        }
        Duration wait = strangers.take(address.getHostAddress());
        return wait.isZero()
                ? problem
                : tooMany(Limit.STRANGERS, "too many requests with a sign-in that does not hold", wait);
    }

    /** Whether the caller has failed too often; if not, the answer is counted once it is known. */
    Optional<Problem> failedTooOften(Caller caller, Act act, RequestContext context) {
        if (FREE.contains(act)) {
            return Optional.empty();
        }
        Duration wait = failures.untilOne(caller.name());
        if (!wait.isZero()) {
            return Optional.of(tooMany(Limit.FAILURES, "too many of your requests were refused", wait));
        }
        var _ = context.log().whenComplete().thenAccept(log -> count(caller, log));
        return Optional.empty();
    }

    /** Whether the caller has asked too often for what costs much; if not, this act is counted. */
    Optional<Problem> actsTooOften(Caller caller, Act act) {
        if (!COSTLY.contains(act)) {
            return Optional.empty();
        }
        Duration wait = costlyActs.take(caller.name());
        return wait.isZero()
                ? Optional.empty()
                : Optional.of(tooMany(Limit.COSTLY_ACTS, "too many uploads, loads, proofs and exports", wait));
    }

    /** What a caller is told who has as many requests under way as one may have. */
    Problem tooManyAtOnce() {
        return tooMany(Limit.AT_ONCE, "too many of your requests are under way", AT_ONCE_WAIT);
    }

    private void count(Caller caller, RequestLog log) {
        int status = log.responseStatus().code();
        if (status >= FAILURES_FROM && status < FAULTS_FROM && status != TOO_MANY) {
            var _ = failures.take(caller.name());
        }
    }

    private Problem tooMany(Limit limit, String what, Duration wait) {
        meters.limited(limit);
        long seconds = wait.plusSeconds(1).minusNanos(1).toSeconds();
        return Problem.tooMany(what + "; the next in " + seconds + " s", seconds);
    }
}
