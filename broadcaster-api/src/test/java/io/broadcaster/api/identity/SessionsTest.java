package io.broadcaster.api.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.api.identity.IdentityConfig.SessionRules;
import io.broadcaster.config.AppName;
import io.broadcaster.config.Secret;
import io.broadcaster.identity.SessionEnd;
import io.broadcaster.testkit.FakeSessionEndStore;
import io.broadcaster.testkit.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** How long a session lasts, on a clock that the test moves. */
final class SessionsTest {
    private static final Duration IDLE = Duration.ofMinutes(30);
    private static final Duration LENGTH = Duration.ofHours(12);

    private final TestClock clock = TestClock.atFixtures();
    private final AtomicBoolean armed = new AtomicBoolean();
    private final FakeSessionEndStore store = new FakeSessionEndStore();
    private final EndedSessions ended = new EndedSessions(store, clock);
    private final Sessions sessions = sessionsOf("news");

    @Test
    void session_unusedForTheIdleTime_ends() {
        String cookie = open(Role.MARKETER);
        clock.advance(IDLE.minusSeconds(1));
        assertThat(sessions.read(cookie)).isPresent();
        clock.advance(Duration.ofSeconds(2));
        assertThat(sessions.read(cookie)).isEmpty();
    }

    @Test
    void session_used_isRenewedInItsLastHalfUntilItIsOld() {
        String cookie = open(Role.MARKETER);
        clock.advance(Duration.ofMinutes(10));
        assertThat(sessions.read(cookie).orElseThrow().renewed()).isEmpty();
        Duration used = Duration.ofMinutes(10);
        while (used.compareTo(LENGTH.minus(IDLE)) < 0) {
            clock.advance(Duration.ofMinutes(16));
            used = used.plusMinutes(16);
            cookie = sessions.read(cookie).orElseThrow().renewed().orElseThrow();
        }
        clock.advance(IDLE.plusSeconds(1));
        assertThat(sessions.read(cookie)).isEmpty();
    }

    @Test
    void session_overWhileArmed_goesOnForWhoeverMayPressAndNobodyElse() {
        String marketer = open(Role.MARKETER);
        String approver = open(Role.APPROVER);
        armed.set(true);
        clock.advance(LENGTH);

        assertThat(sessions.read(approver)).isEmpty();
        var extended = sessions.read(marketer).orElseThrow();
        assertThat(extended.renewed()).isPresent();
        assertThat(extended.caller().name()).isEqualTo("alice");
        assertThat(extended.caller().until()).isAfter(clock.instant());
        armed.set(false);
        clock.advance(IDLE.plusSeconds(1));
        assertThat(sessions.read(extended.renewed().orElseThrow())).isEmpty();
    }

    @Test
    void session_whileArmed_endsAtItsBound() {
        String cookie = open(Role.MARKETER);
        armed.set(true);
        Duration used = Duration.ZERO;
        Duration bound = LENGTH.plus(Sessions.ARMED_EXTENSION_MAX);
        while (used.plusMinutes(25).compareTo(bound) < 0) {
            clock.advance(Duration.ofMinutes(25));
            used = used.plusMinutes(25);
            cookie = sessions.read(cookie).orElseThrow().renewed().orElse(cookie);
        }
        clock.advance(Duration.ofMinutes(25));
        assertThat(sessions.read(cookie)).isEmpty();
    }

    @Test
    void session_ofAnotherAppUnderTheSameKey_isNone() {
        String cookie = open(Role.MARKETER);

        assertThat(sessionsOf("news").read(cookie)).isPresent();
        assertThat(sessionsOf("sports").read(cookie)).isEmpty();
    }

    @Test
    void session_ended_holdsNoMore_norAllOfAPersonThatBeganBefore() {
        String first = open(Role.MARKETER);
        String second = open(Role.MARKETER);

        sessions.end(first);

        assertThat(sessions.read(first)).isEmpty();
        assertThat(sessions.read(second)).isPresent();
        ended.end(alice());
        assertThat(sessions.read(second)).isEmpty();
        clock.advance(Duration.ofSeconds(1));
        assertThat(sessions.read(open(Role.MARKETER))).isPresent();
    }

    @Test
    void session_endedWhileArmed_isNotExtended() {
        String cookie = open(Role.MARKETER);
        armed.set(true);
        ended.end(alice());
        clock.advance(LENGTH);

        assertThat(sessions.read(cookie)).isEmpty();
    }

    @Test
    void session_endedByAnotherProcess_holdsUntilTheNextRefresh() {
        String cookie = open(Role.MARKETER);
        var another = new EndedSessions(store, clock);
        another.end(alice());
        assertThat(sessions.read(cookie)).isPresent();

        ended.refresh();

        assertThat(sessions.read(cookie)).isEmpty();
        assertThat(SessionEnd.KEPT).isGreaterThan(Duration.ofHours(24).plus(Sessions.ARMED_EXTENSION_MAX));
    }

    private SessionEnd alice() {
        return new SessionEnd(SessionEnd.Of.PERSON, "alice", clock.instant(), "olga");
    }

    private Sessions sessionsOf(String app) {
        var seal = new Seal(new AppName(app), List.of(Secret.of("k".repeat(40))), new SplittableRandom(1));
        var from = new SignIn.Randomness(clock, new SplittableRandom(1));
        return new Sessions(seal, new SessionRules(List.of(), IDLE, LENGTH), armed::get, ended, from);
    }

    private String open(Role role) {
        return sessions.open(new Caller("alice", Set.of(role), clock.instant(), Instant.MAX, ""));
    }
}
