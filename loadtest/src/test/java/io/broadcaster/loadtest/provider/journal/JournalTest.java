package io.broadcaster.loadtest.provider.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.audience.DeviceToken;
import io.broadcaster.campaign.Platform;
import io.broadcaster.testkit.TestClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JournalTest {
    private final TestClock clock = TestClock.atFixtures();
    private final AtomicLong nanos = new AtomicLong(77);
    private final Journal journal = new Journal(clock, nanos::get);

    @Test
    void receipts_unknownDevice_none() {
        assertThat(journal.receipts(Platform.IOS, token(1))).isEqualTo(DeviceReceipts.NONE);
    }

    @Test
    void accepted_once_oneReceiptWithItsIdAndTime() {
        var id = UUID.randomUUID();
        nanos.addAndGet(1_500);
        accept(1, "launch", id);

        var receipts = journal.receipts(Platform.IOS, token(1));
        var at = clock.instant().plusNanos(1_500);
        assertThat(receipts).isEqualTo(new DeviceReceipts(1, Map.of("launch", 1), List.of(id), at, at, Map.of()));
        assertThat(journal.totals(Platform.IOS)).isEqualTo(new Journal.Totals(1, Map.of(), at, at));
        assertThat(journal.totals(Platform.ANDROID).accepted()).isZero();
    }

    @Test
    void accepted_repeated_countsByCollapseIdAndKeepsFirstAndLast() {
        var ids = List.of(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID());
        accept(1, "launch", ids.get(0));
        nanos.addAndGet(10);
        accept(1, "launch", ids.get(1));
        nanos.addAndGet(10);
        accept(1, "other", ids.get(2));

        var receipts = journal.receipts(Platform.IOS, token(1));
        assertThat(receipts.accepted()).isEqualTo(3);
        assertThat(receipts.collapseIds()).isEqualTo(Map.of("launch", 2, "other", 1));
        assertThat(receipts.apnsIds()).isEqualTo(ids);
        assertThat(Duration.between(receipts.firstAccepted(), receipts.lastAccepted()))
                .isEqualTo(Duration.ofNanos(20));
    }

    @Test
    void refused_forSeveralReasons_eachCounted() {
        TokenKey device = TokenKey.of(Platform.ANDROID, token(5));
        journal.refused(Platform.ANDROID, device, "UNAVAILABLE");
        journal.refused(Platform.ANDROID, device, "UNAVAILABLE");
        journal.refused(Platform.ANDROID, device, "UNREGISTERED");
        journal.refused(Platform.ANDROID, "UNAUTHENTICATED");

        assertThat(journal.receipts(Platform.ANDROID, device).refusals())
                .isEqualTo(Map.of("UNAVAILABLE", 2, "UNREGISTERED", 1));
        assertThat(journal.totals(Platform.ANDROID).refusals())
                .isEqualTo(Map.of("UNAVAILABLE", 2L, "UNREGISTERED", 1L, "UNAUTHENTICATED", 1L));
    }

    @Test
    void accepted_fromManyThreads_everyDeliveryCounted() throws Exception {
        int devices = 20_000;
        int threads = 8;
        var running = new ArrayList<Thread>();
        for (int t = 0; t < threads; t++) {
            int first = t;
            running.add(Thread.ofPlatform().start(() -> {
                for (int i = 0; i < devices; i++) {
                    // Every device from two threads: once each by those of equal parity with the device.
                    if (i % (threads / 2) == first % (threads / 2)) {
                        accept(i, "launch", new UUID(0, i + 1));
                    }
                }
            }));
        }
        for (Thread thread : running) {
            thread.join();
        }

        assertThat(journal.totals(Platform.IOS).accepted()).isEqualTo(2L * devices);
        for (int i = 0; i < devices; i++) {
            var receipts = journal.receipts(Platform.IOS, token(i));
            assertThat(receipts.accepted()).isEqualTo(2);
            assertThat(receipts.apnsIds()).containsExactly(new UUID(0, i + 1), new UUID(0, i + 1));
        }
    }

    @Test
    void dump_readBack_sameReceiptsAndNoToken(@TempDir Path directory) throws Exception {
        accept(1, "launch", new UUID(1, 2));
        nanos.addAndGet(1_000);
        accept(1, "proof", new UUID(3, 4));
        accept(2, "launch", new UUID(5, 6));
        journal.refused(Platform.IOS, TokenKey.of(Platform.IOS, token(3)), "Unregistered");
        journal.refused(Platform.IOS, "InvalidProviderToken");
        Path file = directory.resolve("journal.jsonl");
        journal.dump(file);

        Journal read = JournalFile.read(file);

        for (int i = 1; i <= 3; i++) {
            assertThat(read.receipts(Platform.IOS, token(i))).isEqualTo(journal.receipts(Platform.IOS, token(i)));
        }
        assertThat(read.totals(Platform.IOS)).isEqualTo(journal.totals(Platform.IOS));
        assertThat(Files.readString(file)).doesNotContain(token(1).value());
    }

    @Test
    void key_hexInEitherCase_sameKeyAndDistinctTokensDistinctKeys() {
        byte[] upper = "00FC13AD".getBytes(StandardCharsets.US_ASCII);
        assertThat(TokenKey.of(Platform.IOS, upper, 0, upper.length))
                .isEqualTo(TokenKey.of(Platform.IOS, new DeviceToken("00fc13ad")));
        assertThat(TokenKey.of(Platform.ANDROID, new DeviceToken("a:B")))
                .isNotEqualTo(TokenKey.of(Platform.ANDROID, new DeviceToken("a:b")));
        TokenKey key = TokenKey.of(Platform.IOS, token(9));
        assertThat(TokenKey.ofHex(key.hex())).isEqualTo(key);
    }

    private void accept(int device, String collapseId, UUID id) {
        journal.accepted(
                Platform.IOS,
                TokenKey.of(Platform.IOS, token(device)),
                collapseId,
                id.getMostSignificantBits(),
                id.getLeastSignificantBits());
    }

    private static DeviceToken token(int number) {
        return new DeviceToken(String.format(Locale.ROOT, "%064x", number));
    }
}
