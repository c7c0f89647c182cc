package io.broadcaster.api.export;

import static io.broadcaster.testkit.Fixtures.CAMPAIGN;
import static io.broadcaster.testkit.Fixtures.ENGLISH;
import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.audience.Device;
import io.broadcaster.audience.DeviceToken;
import io.broadcaster.audience.Manifest;
import io.broadcaster.audience.SnapshotKeys;
import io.broadcaster.campaign.CampaignSpec;
import io.broadcaster.campaign.ContentHash;
import io.broadcaster.campaign.LaunchId;
import io.broadcaster.campaign.LoadCounts;
import io.broadcaster.campaign.Platform;
import io.broadcaster.campaign.SnapshotSummary;
import io.broadcaster.campaign.StateName;
import io.broadcaster.config.Secret;
import io.broadcaster.delivery.BatchKey;
import io.broadcaster.delivery.LedgerRow;
import io.broadcaster.delivery.LedgerStore;
import io.broadcaster.delivery.OutcomeCode;
import io.broadcaster.snapshot.ColumnWriter;
import io.broadcaster.snapshot.ManifestJson;
import io.broadcaster.snapshot.payload.Variants;
import io.broadcaster.testkit.FakeLedgerStore;
import io.broadcaster.testkit.FakeObjectStore;
import io.broadcaster.testkit.Fixtures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

final class ExportTest {
    private static final int IOS = 1_200;
    private static final int ANDROID = 600;
    private static final Instant DEAD_SINCE = Fixtures.NOW.minusSeconds(99);
    private static final Secret KEY = Secret.of("a key of the tests");

    private final FakeObjectStore objects = new FakeObjectStore();
    private final FakeLedgerStore ledger = new FakeLedgerStore();
    private final LaunchId launch = LaunchId.of(CAMPAIGN, 1);
    private final Export export = new Export(objects, ledger, KEY, true);

    @Test
    void write_csv_hasOneLinePerDeviceAndItsOutcome() throws Exception {
        Export.Subject subject = written();
        record(Platform.IOS, 0, 500, OutcomeCode.ACCEPTED, List.of());
        record(Platform.IOS, 1, 500, OutcomeCode.UNREGISTERED, List.of(new LedgerRow.DeadToken(3, DEAD_SINCE)));
        record(Platform.ANDROID, 2, 100, OutcomeCode.BAD_TOKEN, List.of());

        List<String> lines = lines(subject, ExportFormat.CSV);

        assertThat(lines).hasSize(1 + IOS + ANDROID);
        assertThat(lines.getFirst()).isEqualTo("user,platform,locale,outcome,reason,when,token_hash");
        assertThat(lines.get(1))
                .isEqualTo("user-0,ios,en,accepted,,2026-02-08T18:30:05Z," + hmac(Fixtures.token(Platform.IOS, 0)));
        assertThat(lines.get(1 + 503)).startsWith("user-503,ios,en,unregistered,," + DEAD_SINCE + ",");
        assertThat(lines.get(1 + IOS - 1)).startsWith("user-1199,ios,en,pending,,,");
        assertThat(lines.getLast())
                .startsWith("user-599,android,en,rejected,BAD_TOKEN,")
                .endsWith(hmac(Fixtures.token(Platform.ANDROID, 599)));
    }

    @Test
    void write_jsonl_neverShowsAToken() throws Exception {
        List<String> lines = lines(written(), ExportFormat.JSONL);

        assertThat(lines).hasSize(IOS + ANDROID).allMatch(line -> line.startsWith("{\"user\":\"user-"));
        assertThat(lines.getFirst())
                .doesNotContain(Fixtures.token(Platform.IOS, 0).value());
    }

    @Test
    void subject_beforeTheLaunch_isEmpty() {
        assertThat(export.subject(Fixtures.campaign(StateName.ARMED))).isEmpty();
        assertThat(export.subject(Fixtures.campaign(StateName.COMPLETED))).isPresent();
    }

    private List<String> lines(Export.Subject subject, ExportFormat format) throws IOException, InterruptedException {
        var writes = new ArrayList<String>();
        export.write(subject, format, writes::add);
        assertThat(writes).allMatch(write -> write.length() < 70_000);
        return String.join("", writes).lines().toList();
    }

    private Export.Subject written() {
        CampaignSpec spec = Fixtures.spec();
        var variants = Variants.render(spec, launch);
        var columns = List.of(column(variants, Platform.IOS, IOS), column(variants, Platform.ANDROID, ANDROID));
        long all = IOS + ANDROID;
        var counts = new LoadCounts(all, all, 0, 0, all, 0);
        var manifest = new Manifest(
                CAMPAIGN,
                1,
                launch,
                ContentHash.of(spec),
                spec.kind(),
                spec.expiry(),
                Fixtures.NOW,
                variants.all(),
                columns,
                counts);
        byte[] json = ManifestJson.write(manifest);
        String key = SnapshotKeys.manifest(CAMPAIGN, 1);
        objects.putIfAbsent(key, json);
        var summary =
                new SnapshotSummary(key, ManifestJson.sha256(json), manifest.contentHash(), IOS, 3, ANDROID, 3, counts);
        return new Export.Subject(launch, summary);
    }

    private Manifest.Column column(Variants variants, Platform platform, int devices) {
        try (var writer = ColumnWriter.open(objects, CAMPAIGN, 1, platform, platform.batchMax())) {
            IntStream.range(0, devices).forEach(n -> {
                Device device = Fixtures.device(platform, n, ENGLISH);
                writer.append(variants.choose(platform, ENGLISH), Fixtures.user(n), device);
            });
            return writer.seal();
        }
    }

    private void record(
            Platform platform, int batch, int devices, OutcomeCode code, List<LedgerRow.DeadToken> deadTokens) {
        byte[] outcomes = new byte[devices];
        Arrays.fill(outcomes, code.code());
        var row = new LedgerRow(
                new BatchKey(launch, platform, batch),
                1,
                "sender-1",
                Fixtures.NOW,
                outcomes,
                Fixtures.NOW,
                Fixtures.NOW.plusSeconds(5),
                deadTokens);
        ledger.write(row, LedgerStore.ABSENT);
    }

    private static String hmac(DeviceToken token) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(KEY.bytes(), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(token.value().getBytes(StandardCharsets.US_ASCII)));
    }
}
