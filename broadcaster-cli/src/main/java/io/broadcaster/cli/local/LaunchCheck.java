package io.broadcaster.cli.local;

import com.fasterxml.jackson.databind.JsonNode;
import io.broadcaster.audience.Device;
import io.broadcaster.audience.SnapshotKeys;
import io.broadcaster.aws.AwsCloud;
import io.broadcaster.campaign.CampaignId;
import io.broadcaster.loadtest.check.JournalChecker;
import io.broadcaster.loadtest.check.JournalChecker.Launched;
import io.broadcaster.loadtest.check.LedgerComparison;
import io.broadcaster.loadtest.check.LedgerOutcomes;
import io.broadcaster.loadtest.provider.journal.Journal;
import io.broadcaster.loadtest.provider.journal.TokenKey;
import io.broadcaster.snapshot.LoadedSnapshot;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Judges finished launches of one stack. Twice and lost come from the simulators' journals and the audience alone; only
 * then is the ledger held against the journals, device by device. Used by one thread; remembers every launch it judged.
 */
public final class LaunchCheck {
    private static final int LOAD_PARALLELISM = 4;

    private final LocalStack stack;
    private final Set<TokenKey> testDevices;
    private final Set<String> judged = new HashSet<>();

    /** {@code testDevices} got proofs and are not in any audience. */
    public LaunchCheck(LocalStack stack, List<Device> testDevices) {
        this.stack = stack;
        this.testDevices = testDevices.stream()
                .map(device -> TokenKey.of(device.platform(), device.token()))
                .collect(Collectors.toSet());
    }

    /** What the journals alone say, and how the ledger compares with them. */
    public record Result(JournalChecker.Report journals, LedgerComparison.Result ledger) {
        /** Whether both say that each device was reached exactly once. */
        public boolean agrees() {
            return journals.verdict().agrees() && ledger.verdict().agrees();
        }
    }

    /** Judges the launch of this final status against the devices that were its audience. */
    public Result of(JsonNode status, Stream<Device> audience) {
        String launch = status.path("launch").path("launch").asText();
        Journal journal = stack.simulators().journal();
        var journals = JournalChecker.check(journal, audience, new Launched(launch, judged, testDevices));
        judged.add(launch);
        try (AwsCloud cloud = stack.cloud()) {
            var ledger = compare(
                    cloud,
                    journal,
                    new CampaignId(status.path("campaign").asText()),
                    status.path("revision").asInt(),
                    status.path("snapshot").path("manifestSha256").asText());
            return new Result(journals, ledger);
        }
    }

    /** Holds the ledger of a revision's launch against the journal, device by device of its snapshot. */
    public static LedgerComparison.Result compare(
            AwsCloud cloud, Journal journal, CampaignId campaign, int revision, String manifestSha256) {
        String manifest = SnapshotKeys.manifest(campaign, revision);
        try (LoadedSnapshot snapshot =
                LoadedSnapshot.load(cloud.objects(), manifest, manifestSha256, LOAD_PARALLELISM)) {
            String launch = snapshot.manifest().launch().toString();
            return LedgerComparison.compare(new LedgerOutcomes(cloud.ledger(), snapshot), journal, launch);
        }
    }
}
