package io.broadcaster.cli.audit;

import io.broadcaster.audit.AuditAct;
import io.broadcaster.audit.AuditEntry;
import io.broadcaster.audit.AuditStore;
import io.broadcaster.audit.AuditStore.StoredEntry;
import io.broadcaster.audit.AuditSubject;
import io.broadcaster.aws.AwsCloud;
import io.broadcaster.campaign.CampaignId;
import io.broadcaster.cli.process.CloudOptions;
import io.broadcaster.cli.terminal.ExitCode;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints entries, a line each. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description =
                "Print the audit log, the oldest entry first: number, time, who, what, to what, and the first of its hash.")
final class ListCommand implements Callable<Integer> {
    private static final int HASH_SHOWN = 12;

    @Option(names = "--campaign", paramLabel = "ID", description = "Only what was done to this campaign.")
    private Optional<String> campaign = Optional.empty();

    @Mixin
    private CloudOptions options = new CloudOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Optional<CampaignId> id = campaign.map(CampaignId::new);
        PrintWriter out = spec.commandLine().getOut();
        try (AwsCloud cloud = options.connect()) {
            if (id.isPresent()) {
                list(cloud.audit(), AuditSubject.of(id.get()), out);
            } else {
                cloud.audit().scan(stored -> out.println(line(stored)));
            }
        }
        out.flush();
        return ExitCode.OK;
    }

    private static void list(AuditStore store, AuditSubject subject, PrintWriter out) {
        String after = "";
        while (true) {
            List<AuditEntry> page = store.list(subject, after, AuditStore.PAGE_MAX);
            page.forEach(entry -> out.println(line(entry)));
            if (page.size() < AuditStore.PAGE_MAX) {
                return;
            }
            after = page.getLast().act().key();
        }
    }

    private static String line(StoredEntry stored) {
        return switch (stored) {
            case StoredEntry.Legible(AuditEntry entry) -> line(entry);
            case StoredEntry.Illegible(String place, String why) -> place + " is no entry: " + why;
        };
    }

    private static String line(AuditEntry entry) {
        AuditAct act = entry.act();
        String revision = act.revision() == 0 ? "" : " revision " + act.revision();
        String line = String.format(
                Locale.ROOT,
                "%6d  %s  %-16s %-13s %s%s  %s  %s",
                entry.number(),
                act.at(),
                act.who(),
                act.action().wireName(),
                act.subject(),
                revision,
                act.detail(),
                entry.sha256().substring(0, Math.min(HASH_SHOWN, entry.sha256().length())));
        return line.replaceAll("\\p{Cntrl}", "?");
    }
}
