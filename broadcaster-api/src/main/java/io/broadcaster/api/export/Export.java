package io.broadcaster.api.export;

import io.broadcaster.audience.Manifest;
import io.broadcaster.audience.ObjectStore;
import io.broadcaster.campaign.Campaign;
import io.broadcaster.campaign.CampaignState.Aborted;
import io.broadcaster.campaign.CampaignState.Armed;
import io.broadcaster.campaign.CampaignState.Completed;
import io.broadcaster.campaign.CampaignState.Draft;
import io.broadcaster.campaign.CampaignState.Failed;
import io.broadcaster.campaign.CampaignState.Launched;
import io.broadcaster.campaign.CampaignState.Loaded;
import io.broadcaster.campaign.CampaignState.Loading;
import io.broadcaster.campaign.LaunchId;
import io.broadcaster.campaign.Platform;
import io.broadcaster.campaign.SnapshotSummary;
import io.broadcaster.config.Secret;
import io.broadcaster.delivery.LedgerRow;
import io.broadcaster.delivery.LedgerStore;
import io.broadcaster.delivery.Outcome;
import io.broadcaster.delivery.OutcomeCode;
import io.broadcaster.snapshot.DetailsReader;
import io.broadcaster.snapshot.LoadedSnapshot;
import io.broadcaster.snapshot.TokensReader;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One line per device of a launch: details and tokens are walked batch by batch beside the ledger. Memory: two parts of
 * 8 MiB of each file, and the ledger's rows of one platform, one byte per device (50M devices: 50 MB). Safe for any
 * thread; each call blocks and works alone.
 */
public final class Export {
    private final ObjectStore objects;
    private final LedgerStore ledger;
    private final Secret key;
    private final boolean keyKept;

    /** {@code keyKept} tells whether the key outlives the process, so that two exports can be held against each other. */
    public Export(ObjectStore objects, LedgerStore ledger, Secret key, boolean keyKept) {
        this.objects = objects;
        this.ledger = ledger;
        this.key = key;
        this.keyKept = keyKept;
    }

    /** Takes the lines as text, about 64 KiB at a time; may block to slow the export down. */
    @FunctionalInterface
    public interface Sink {
        void write(String lines) throws IOException, InterruptedException;
    }

    /** What there is to export, or empty before the launch. */
    public Optional<Subject> subject(Campaign campaign) {
        return switch (campaign.state()) {
            case Launched(var armed, var launch, var _) -> Optional.of(new Subject(launch.id(), armed.snapshot()));
            case Completed(var armed, var launch, var _) -> Optional.of(new Subject(launch.id(), armed.snapshot()));
            case Aborted(var armed, var launch, var _, var _) ->
                Optional.of(new Subject(launch.id(), armed.snapshot()));
            case Draft _, Loading _, Loaded _, Armed _, Failed _ -> Optional.empty();
        };
    }

    /** A launch and its snapshot. */
    public record Subject(LaunchId launch, SnapshotSummary snapshot) {}

    /** {@code configured}, or {@code process} for a key that dies with this process. */
    public String keyName() {
        return keyKept ? "configured" : "process";
    }

    /** Writes every device; a corrupt or missing snapshot ends it with an exception. */
    public void write(Subject subject, ExportFormat format, Sink sink) throws IOException, InterruptedException {
        Manifest manifest = LoadedSnapshot.readManifest(
                objects, subject.snapshot().manifestKey(), subject.snapshot().manifestSha256());
        if (format == ExportFormat.CSV) {
            sink.write(String.join(",", ExportLine.HEADER) + "\r\n");
        }
        var hash = new TokenHash(key);
        for (Platform platform : Platform.values()) {
            if (manifest.column(platform).devices() > 0) {
                var rows = LedgerRows.of(
                        ledger,
                        subject.launch(),
                        platform,
                        manifest.column(platform).batches());
                writePlatform(manifest, platform, rows, hash, new Lines(format, sink));
            }
        }
    }

    private void writePlatform(Manifest manifest, Platform platform, LedgerRows rows, TokenHash hash, Lines lines)
            throws IOException, InterruptedException {
        var details = DetailsReader.open(objects, manifest, platform);
        var tokens = TokensReader.open(objects, manifest, platform);
        for (int batch = 0; batch < manifest.column(platform).batches(); batch++) {
            List<DetailsReader.Row> people = details.batch(batch);
            List<byte[]> addresses = tokens.batch(batch);
            Optional<LedgerRow> row = rows.at(batch);
            for (int position = 0; position < people.size(); position++) {
                DetailsReader.Row person = people.get(position);
                OutcomeCode code = code(row, position);
                lines.add(new ExportLine(
                        person.user().value(),
                        platform.wireName(),
                        person.locale().value(),
                        code.outcome().name().toLowerCase(Locale.ROOT),
                        code.outcome() == Outcome.REJECTED ? code.name() : "",
                        when(row, position, code),
                        hash.of(platform, addresses.get(position))));
            }
        }
        lines.flush();
    }

    private static OutcomeCode code(Optional<LedgerRow> row, int position) {
        return row.map(found -> OutcomeCode.of(found.outcomes()[position])).orElse(OutcomeCode.PENDING);
    }

    private static Optional<Instant> when(Optional<LedgerRow> row, int position, OutcomeCode code) {
        if (row.isEmpty() || code == OutcomeCode.PENDING) {
            return Optional.empty();
        }
        return row.get().deadTokens().stream()
                .filter(dead -> dead.position() == position)
                .map(LedgerRow.DeadToken::since)
                .findFirst()
                .or(() -> Optional.of(row.get().lastAnsweredAt()).filter(at -> at.isAfter(Instant.EPOCH)));
    }

    /** Gathers lines into writes of about 64 KiB. */
    private static final class Lines {
        private static final int WRITE_CHARACTERS = 64 << 10;

        private final ExportFormat format;
        private final Sink sink;
        private final StringBuilder gathered = new StringBuilder(WRITE_CHARACTERS + 1_024);

        Lines(ExportFormat format, Sink sink) {
            this.format = format;
            this.sink = sink;
        }

        void add(ExportLine line) throws IOException, InterruptedException {
            gathered.append(
                    switch (format) {
                        case CSV -> line.csv();
                        case JSONL -> line.jsonl();
                    });
            if (gathered.length() >= WRITE_CHARACTERS) {
                flush();
            }
        }

        void flush() throws IOException, InterruptedException {
            if (!gathered.isEmpty()) {
                sink.write(gathered.toString());
                gathered.setLength(0);
            }
        }
    }
}
