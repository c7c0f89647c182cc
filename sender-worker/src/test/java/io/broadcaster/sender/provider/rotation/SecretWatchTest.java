package io.broadcaster.sender.provider.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.audience.Manifest;
import io.broadcaster.campaign.Content;
import io.broadcaster.campaign.Platform;
import io.broadcaster.campaign.PushKind;
import io.broadcaster.config.Secret;
import io.broadcaster.config.SecretException;
import io.broadcaster.config.SecretPlace;
import io.broadcaster.delivery.BatchKey;
import io.broadcaster.delivery.OutcomeCode;
import io.broadcaster.delivery.ProviderKey;
import io.broadcaster.delivery.ProviderKey.Phase;
import io.broadcaster.delivery.SendOutcome;
import io.broadcaster.delivery.SendOutcome.UnprocessedCause;
import io.broadcaster.sender.send.AnswerSink;
import io.broadcaster.sender.send.BatchRequest;
import io.broadcaster.sender.send.BatchSender;
import io.broadcaster.sender.send.BatchTokens;
import io.broadcaster.sender.send.Warmth;
import io.broadcaster.testkit.Fixtures;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A key is a word here: the provider refuses the words in {@code warmRefused} at warm-up, those in {@code refused} later. */
final class SecretWatchTest {
    private static final SendOutcome REFUSAL = new SendOutcome.Rejected(OutcomeCode.UNAUTHORIZED);
    private static final SendOutcome AGAIN = new SendOutcome.Unprocessed(UnprocessedCause.TOKEN_EXPIRED);

    private final Set<String> warmRefused = new HashSet<>();
    private final Set<String> refused = new HashSet<>();
    private final List<String> opened = new ArrayList<>();
    private final List<String> closed = new ArrayList<>();
    private String stored = "old";
    private int outstanding;
    private Instant now = Fixtures.NOW;
    private final RotatingSender<String> sender = new RotatingSender<>(key("old"), Scripted::new);
    private final SecretWatch<String> watch = new SecretWatch<>(
            Platform.IOS,
            new SecretWatch.Watched<>(_ -> stored(), new SecretPlace.Managed("key"), SecretWatchTest::read),
            List.of(sender),
            () -> now);

    @Test
    void look_sameSecret_opensNothing() {
        watch.look();

        assertThat(opened).containsExactly("old");
        assertThat(phase()).isEqualTo(Phase.IN_USE);
        assertThat(watch.rotations()).isZero();
    }

    @Test
    void look_newKeyThatWarmsUp_isUsedAndTheOldLivesUntilItHasDelivered() {
        stored = "new";
        watch.look();
        watch.look();
        assertThat(sender.key()).isEqualTo("new");
        assertThat(watch.rotations()).isOne();
        assertThat(closed).isEmpty();

        assertThat(send()).isEqualTo(SendOutcome.ACCEPTED);
        outstanding = 1;
        watch.look();
        assertThat(closed).as("the old one has requests without an answer").isEmpty();
        outstanding = 0;
        watch.look();

        assertThat(closed).containsExactly("old");
        assertThat(phase()).isEqualTo(Phase.IN_USE);
    }

    @Test
    void look_keyThatTheProviderRefuses_keepsTheOldAndTriesAgainAfterGrowingPauses() {
        warmRefused.add("new");
        stored = "new";
        for (int minute = 0; minute <= 10; minute++) {
            watch.look();
            watch.look();
            now = now.plus(Duration.ofMinutes(1));
        }

        assertThat(sender.key()).isEqualTo("old");
        assertThat(status().phase()).isEqualTo(Phase.REFUSED);
        assertThat(status().detail()).isEqualTo("refused");
        assertThat(opened).as("at 0, 1, 3 and 7 minutes").containsExactly("old", "new", "new", "new", "new");
        assertThat(closed).containsOnly("new");

        warmRefused.clear();
        now = now.plus(Duration.ofMinutes(15));
        watch.look();
        assertThat(sender.key()).isEqualTo("new");
        assertThat(phase()).isEqualTo(Phase.IN_USE);
    }

    @Test
    void look_brokenSecretThenGoodOne_saysSoWithoutTheSecretAndGoesOn() {
        stored = "broken hush-hush";
        watch.look();
        assertThat(sender.key()).isEqualTo("old");
        assertThat(phase()).isEqualTo(Phase.BROKEN);
        assertThat(status().toString()).doesNotContain("hush-hush");

        stored = "";
        watch.look();
        assertThat(phase()).isEqualTo(Phase.UNREADABLE);

        stored = "new";
        watch.look();
        assertThat(phase()).isEqualTo(Phase.IN_USE);
        assertThat(sender.key()).isEqualTo("new");
    }

    @Test
    void send_newKeyRefusedBeforeItDelivered_goesBackToTheOldOnce() {
        stored = "new";
        watch.look();
        refused.add("new");

        assertThat(send()).as("to be sent again").isEqualTo(AGAIN);
        assertThat(sender.key()).isEqualTo("old");
        assertThat(send()).isEqualTo(SendOutcome.ACCEPTED);
        watch.look();
        assertThat(phase()).isEqualTo(Phase.REFUSED);
        assertThat(opened).containsExactly("old", "new");

        refused.add("old");
        assertThat(send()).as("no other key is left").isEqualTo(REFUSAL);
    }

    @Test
    void send_refusalAfterTheKeyHasDelivered_isAboutTheDevice() {
        stored = "new";
        watch.look();
        assertThat(send()).isEqualTo(SendOutcome.ACCEPTED);
        refused.add("new");

        assertThat(send()).isEqualTo(REFUSAL);
        assertThat(sender.key()).isEqualTo("new");
    }

    @Test
    void close_midRotation_closesBothAndTakesNoMore() {
        stored = "new";
        watch.look();
        sender.close();
        assertThat(closed).containsExactlyInAnyOrder("old", "new");

        stored = "newer";
        watch.look();
        assertThat(phase()).isEqualTo(Phase.REFUSED);
        assertThat(closed).contains("newer");
    }

    private SendOutcome send() {
        var answers = new ArrayList<SendOutcome>();
        sender.send(batch(), new AnswerSink() {
            @Override
            public void started() {
                // nothing waits for it
            }

            @Override
            public void accepted(int[] positions, int count) {
                answers.add(SendOutcome.ACCEPTED);
            }

            @Override
            public void answered(int position, SendOutcome outcome) {
                answers.add(outcome);
            }
        });
        assertThat(answers).hasSize(1);
        return answers.getFirst();
    }

    private Secret stored() throws SecretException {
        if (stored.isEmpty()) {
            throw new SecretException("secret key is not there");
        }
        return Secret.of(stored);
    }

    private static ReadKey<String> read(Secret secret) throws SecretException {
        String text = new String(secret.bytes(), StandardCharsets.UTF_8);
        if (text.startsWith("broken")) {
            throw new SecretException("it is no key");
        }
        return key(text);
    }

    private static ReadKey<String> key(String word) {
        return new ReadKey<>(word, word, Secret.of(word).fingerprint());
    }

    private Phase phase() {
        return status().phase();
    }

    private ProviderKey status() {
        return watch.status();
    }

    /** Answers at once. */
    private final class Scripted implements BatchSender {
        private final String key;

        Scripted(String key) {
            this.key = key;
            opened.add(key);
        }

        @Override
        public Warmth warm() {
            return warmRefused.contains(key) ? new Warmth.Cold("refused") : new Warmth.Warm(1);
        }

        @Override
        public Duration warmthLasts() {
            return Duration.ofHours(1);
        }

        @Override
        public void send(BatchRequest batch, AnswerSink sink) {
            if (refused.contains(key)) {
                sink.answered(0, REFUSAL);
            } else {
                sink.accepted(new int[] {0}, 1);
            }
        }

        @Override
        public int connections() {
            return 1;
        }

        @Override
        public int outstanding() {
            return outstanding;
        }

        @Override
        public int outstandingMax() {
            return 1;
        }

        @Override
        public void close() {
            closed.add(key);
        }
    }

    private BatchRequest batch() {
        var content = new Content(Fixtures.ENGLISH, EnumSet.of(Platform.IOS), "Kick-off", "Open the app", Map.of());
        return new BatchRequest(
                new BatchKey(Fixtures.launchFacts().id(), Platform.IOS, 0),
                new Manifest.Variant(Platform.IOS, 0, Fixtures.ENGLISH, content, "{}"),
                PushKind.ALERT,
                now,
                Duration.ofHours(1),
                now.plusSeconds(60),
                new OneToken(),
                new int[] {0},
                () -> false);
    }

    /** One device, whose token nobody reads. */
    private record OneToken() implements BatchTokens {
        @Override
        public int devices() {
            return 1;
        }

        @Override
        public int copyToken(int position, byte[] into) {
            return 0;
        }
    }
}
