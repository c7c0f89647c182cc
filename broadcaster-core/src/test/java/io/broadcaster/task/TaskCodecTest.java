package io.broadcaster.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.broadcaster.campaign.CampaignId;
import io.broadcaster.campaign.DeliveryPolicy;
import io.broadcaster.campaign.InvalidInput;
import io.broadcaster.campaign.LaunchId;
import io.broadcaster.campaign.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The golden files are the wire form: an older worker reads them. A new form gets a new version, never another golden. */
class TaskCodecTest {
    private static final long SEED = 2_048;
    private static final CampaignId CAMPAIGN = new CampaignId("big-game");
    private static final Instant PRESSED = Instant.ofEpochMilli(1_770_575_400_123L);
    private static final Instant NOT_AFTER = Instant.ofEpochMilli(1_770_577_200_000L);

    private static final LoadTask LOAD = new LoadTask(CAMPAIGN, 3);
    private static final ProofTask PROOF = new ProofTask(CAMPAIGN, 3, "p-7", Platform.ANDROID);
    private static final SliceTask SLICE =
            new SliceTask(facts(0, DeliveryPolicy.AT_LEAST_ONCE), Platform.IOS, 4, 80, 20);
    private static final BatchTask BATCH =
            new BatchTask(facts(2, DeliveryPolicy.AT_MOST_ONCE), Platform.ANDROID, 99, true);

    @Test
    void write_eachTask_isItsGoldenFile() {
        assertThat(TaskCodec.write(LOAD)).isEqualTo(golden("load-1.txt"));
        assertThat(TaskCodec.write(PROOF)).isEqualTo(golden("proof-1.txt"));
        assertThat(TaskCodec.write(SLICE)).isEqualTo(golden("slice-1.txt"));
        assertThat(TaskCodec.write(BATCH)).isEqualTo(golden("batch-1.txt"));
    }

    @Test
    void read_eachGoldenFile_isItsTask() {
        assertThat(TaskCodec.readLoad(golden("load-1.txt"))).isEqualTo(LOAD);
        assertThat(TaskCodec.readProof(golden("proof-1.txt"))).isEqualTo(PROOF);
        assertThat(TaskCodec.readSlice(golden("slice-1.txt"))).isEqualTo(SLICE);
        assertThat(TaskCodec.readBatch(golden("batch-1.txt"))).isEqualTo(BATCH);
    }

    @Test
    void messageId_eachTask_isWhatItMeans() {
        String launch = "b8da840126d5a07e72a89a9c470761df";
        assertThat(LOAD.messageId(9)).isEqualTo("load/big-game/3/9");
        assertThat(PROOF.messageId()).isEqualTo("proof/p-7");
        assertThat(SLICE.messageId()).isEqualTo(launch + "/1/ios/4");
        assertThat(BATCH.messageId()).isEqualTo(launch + "/2/android/99");
    }

    @Test
    void write_longestNames_staysReadable() {
        var longest = new LaunchFacts(
                facts(0, DeliveryPolicy.AT_LEAST_ONCE).id(),
                new CampaignId("c".repeat(63)),
                Integer.MAX_VALUE,
                Integer.MAX_VALUE,
                DeliveryPolicy.AT_LEAST_ONCE,
                PRESSED,
                NOT_AFTER);
        var batch = new BatchTask(longest, Platform.ANDROID, Integer.MAX_VALUE, true);

        assertThat(TaskCodec.write(batch)).hasSizeLessThan(400);
        assertThat(TaskCodec.readBatch(TaskCodec.write(batch))).isEqualTo(batch);
    }

    @Test
    void roundTrip_randomTasks_areEqual() {
        var random = new Random(SEED);
        for (int i = 0; i < 2_000; i++) {
            var launch = facts(
                    random.nextInt(10),
                    random.nextBoolean() ? DeliveryPolicy.AT_LEAST_ONCE : DeliveryPolicy.AT_MOST_ONCE);
            Platform platform = random.nextBoolean() ? Platform.IOS : Platform.ANDROID;
            var slice = new SliceTask(launch, platform, random.nextInt(1 << 20), random.nextInt(1 << 30), 1);
            var batch = new BatchTask(launch, platform, random.nextInt(Integer.MAX_VALUE), random.nextBoolean());

            assertThat(TaskCodec.readSlice(TaskCodec.write(slice))).isEqualTo(slice);
            assertThat(TaskCodec.readBatch(TaskCodec.write(batch))).isEqualTo(batch);
        }
    }

    @Test
    void read_unknownKey_isIgnored() {
        assertThat(TaskCodec.readLoad(golden("load-1.txt") + " colour=blue")).isEqualTo(LOAD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "load/2 campaign=a revision=1", "slice/1 campaign=a revision=1", "{}", "load/1\n"})
    void read_anotherKindOrVersion_isRefusedByName(String body) {
        assertThatThrownBy(() -> TaskCodec.readLoad(body))
                .isInstanceOf(InvalidInput.class)
                .hasMessageStartingWith("task must be of kind load/1, but was '");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "load/1 revision=1 | task.campaign must be present",
                "load/1 campaign=a | task.revision must be present",
                "load/1 campaign=a revision=x | task.revision must be a whole number from 0 up, but was 'x'",
                "load/1 campaign=a revision=-1 | task.revision must be a whole number from 0 up, but was '-1'",
                "load/1 campaign=a revision=9999999999 | task.revision must be a whole number from 0 up",
                "load/1 campaign=A revision=1 | campaign id must be 1 to 63 of a-z 0-9 -",
                "load/1 campaign=a  revision=1 | task must be made of key=value words, but was ''",
                "load/1 campaign=a =1 | task must be made of key=value words, but was '=1'",
                "load/1 campaign=a revision | task must be made of key=value words, but was 'revision'"
            })
    void read_badField_isRefusedByName(String body, String message) {
        assertThatThrownBy(() -> TaskCodec.readLoad(body))
                .isInstanceOf(InvalidInput.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void read_badLaunchFact_isRefusedByName() {
        String good = golden("slice-1.txt");

        assertRefused(good.replace("at-least-once", "twice"), "task.policy must be at-least-once or at-most-once");
        assertRefused(good.replace("=ios", "=ipad"), "platform must be ios or android");
        assertRefused(good.replace("pressed=1", "pressed=x"), "task.pressed must be milliseconds since 1970");
        assertRefused(good.replace("launch=b8", "launch=zz"), "launch id must be 32 hex digits");
        assertRefused(good.replace(" first=80", ""), "task.first must be present");
    }

    @Test
    void read_tooLong_isRefusedWithoutTheWholeBody() {
        String body = "slice/1 " + "x".repeat(TaskCodec.BODY_MAX);

        assertThatThrownBy(() -> TaskCodec.readSlice(body))
                .isInstanceOf(InvalidInput.class)
                .hasMessageStartingWith("task must have at most 2048 characters")
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(200));
    }

    private static void assertRefused(String body, String message) {
        assertThatThrownBy(() -> TaskCodec.readSlice(body))
                .isInstanceOf(InvalidInput.class)
                .hasMessageStartingWith(message);
    }

    private static LaunchFacts facts(int dispatch, DeliveryPolicy policy) {
        return new LaunchFacts(LaunchId.of(CAMPAIGN, 1), CAMPAIGN, 1, dispatch, policy, PRESSED, NOT_AFTER);
    }

    private static String golden(String name) {
        try (InputStream file = Objects.requireNonNull(TaskCodecTest.class.getResourceAsStream(name))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
