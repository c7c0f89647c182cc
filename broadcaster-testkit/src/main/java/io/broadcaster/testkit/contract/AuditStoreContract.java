package io.broadcaster.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.audit.AuditAct;
import io.broadcaster.audit.AuditAction;
import io.broadcaster.audit.AuditCheck;
import io.broadcaster.audit.AuditEntry;
import io.broadcaster.audit.AuditHead;
import io.broadcaster.audit.AuditLog;
import io.broadcaster.audit.AuditStore;
import io.broadcaster.audit.AuditStore.Append;
import io.broadcaster.audit.AuditStore.StoredEntry;
import io.broadcaster.audit.AuditSubject;
import io.broadcaster.task.WaitingClock;
import io.broadcaster.testkit.Fixtures;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every {@link AuditStore} does. */
public abstract class AuditStoreContract {
    private static final int PROCESSES = 4;
    private static final int WRITERS = 32;

    /** The store under test; it may hold entries of other tests. */
    protected abstract AuditStore store();

    @Test
    void append_entriesThatFollowTheHead_movesTheHeadAndReadsThemBack() {
        AuditSubject subject = subject();
        List<AuditEntry> entries =
                AuditEntry.after(store().head(), List.of(act(subject, "one", 0), act(subject, "two", 1)));

        assertThat(store().append(entries)).isEqualTo(new Append.Done());

        assertThat(store().head()).isEqualTo(entries.getLast().head());
        assertThat(store().list(subject, "", 100)).isEqualTo(entries);
        assertThat(scanned()).endsWith(entries.getFirst(), entries.getLast());
        assertThat(store().find(subject, entries.getLast().act().key()))
                .hasValueSatisfying(row ->
                        assertThat(row.number()).isEqualTo(entries.getLast().number()));
    }

    @Test
    void append_sameEntriesAgain_isDoneOnce() {
        List<AuditEntry> entries = AuditEntry.after(store().head(), List.of(act(subject(), "one", 0)));
        store().append(entries);

        assertThat(store().append(entries)).isEqualTo(new Append.Done());

        assertThat(store().head()).isEqualTo(entries.getLast().head());
    }

    @Test
    void append_afterAHeadThatHasGoneOn_isBehindAndAddsNothing() {
        AuditHead old = store().head();
        store().append(AuditEntry.after(old, List.of(act(subject(), "faster", 0))));
        AuditHead head = store().head();
        AuditSubject subject = subject();

        assertThat(store().append(AuditEntry.after(old, List.of(act(subject, "slower", 0)))))
                .isEqualTo(new Append.Behind());

        assertThat(store().head()).isEqualTo(head);
        assertThat(store().list(subject, "", 100)).isEmpty();
    }

    @Test
    void append_anActThatStands_isAlreadyThereAndAddsNoneOfItsNeighbours() {
        AuditSubject subject = subject();
        AuditAct stands = act(subject, "one", 0);
        store().append(AuditEntry.after(store().head(), List.of(stands)));
        AuditHead head = store().head();

        assertThat(store().append(AuditEntry.after(head, List.of(stands, act(subject, "two", 1)))))
                .isEqualTo(new Append.AlreadyThere(Set.of(stands.key())));

        assertThat(store().head()).isEqualTo(head);
        assertThat(store().list(subject, "", 100)).hasSize(1);
    }

    @Test
    void append_asManyAsOneTakes_standAll() {
        AuditSubject subject = subject();
        List<AuditAct> acts = IntStream.range(0, AuditStore.APPEND_MAX)
                .mapToObj(i -> act(subject, "act-" + i, i))
                .toList();

        assertThat(store().append(AuditEntry.after(store().head(), acts))).isEqualTo(new Append.Done());

        assertThat(store().list(subject, "", 100)).hasSize(AuditStore.APPEND_MAX);
    }

    @Test
    void list_moreThanAPage_goesOnAfterTheLastKeyInTheOrderOfTime() {
        AuditSubject subject = subject();
        store().append(AuditEntry.after(
                store().head(), List.of(act(subject, "c", 3), act(subject, "a", 1), act(subject, "b", 2))));

        List<AuditEntry> first = store().list(subject, "", 2);
        List<AuditEntry> second = store().list(subject, first.getLast().act().key(), 2);

        assertThat(Stream.concat(first.stream(), second.stream())
                        .map(entry -> entry.act().id()))
                .containsExactly("a", "b", "c");
        assertThat(store().list(subject, second.getLast().act().key(), 2)).isEmpty();
    }

    @Test
    void write_byManyThreadsOfSeveralProcesses_isOneChainWithEveryActOnce() throws Exception {
        AuditSubject subject = subject();
        List<AuditLog> logs = IntStream.range(0, PROCESSES).mapToObj(_ -> log()).toList();

        Race.of(WRITERS, racer -> {
            logs.get(racer % PROCESSES)
                    .write(List.of(act(subject, "shared", 0), act(subject, "own-" + racer, racer + 1)));
            return racer;
        });

        assertThat(store().list(subject, "", 100))
                .extracting(entry -> entry.act().id())
                .hasSize(WRITERS + 1)
                .doesNotHaveDuplicates();
        assertThat(new AuditCheck(store(), Optional.empty()).run())
                .isEqualTo(new AuditCheck.Verdict.Intact(store().head()));
    }

    private AuditLog log() {
        var clock = WaitingClock.of(Instant::now);
        return new AuditLog(store(), new SplittableRandom(1), clock, _ -> {});
    }

    private List<AuditEntry> scanned() {
        var entries = new ArrayList<AuditEntry>();
        store().scan(stored -> entries.add(((StoredEntry.Legible) stored).entry()));
        return entries;
    }

    private static AuditSubject subject() {
        return AuditSubject.of(Unique.campaign());
    }

    private static AuditAct act(AuditSubject subject, String id, int second) {
        return new AuditAct(
                id,
                Fixtures.NOW.plusSeconds(second),
                Fixtures.MARKETER,
                AuditAction.EDIT,
                subject,
                3,
                "",
                "5f".repeat(32),
                "Größe, \"quoted\"");
    }
}
