package io.broadcaster.cli.audit;

import io.broadcaster.audit.AuditAct;
import io.broadcaster.audit.AuditCheck;
import io.broadcaster.audit.AuditHead;
import io.broadcaster.audit.UnwrittenLaunches;
import io.broadcaster.aws.AwsCloud;
import io.broadcaster.cli.process.CloudOptions;
import io.broadcaster.cli.terminal.ExitCode;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Checks the chain, and that every launch is in it. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Read the whole audit log and say the first thing that is not as it was written: an entry edited, missing, out of",
            "order or put in by somebody else, or a launch without its entry. Ends with status 5 when there is one.",
            "Without --expect-head nothing shows that the log was rewritten as a whole, or cut off together with its head."
        })
final class VerifyCommand implements Callable<Integer> {
    /** A launch this young may not be written yet: an API writes right after it, or catches up within seconds. */
    private static final Duration LAUNCH_GRACE = Duration.ofMinutes(1);

    @Option(
            names = "--expect-head",
            paramLabel = "HEAD",
            description = "What 'audit head' printed earlier; the log must still contain it.")
    private Optional<String> expected = Optional.empty();

    @Mixin
    private CloudOptions options = new CloudOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Optional<AuditHead> head = expected.map(AuditHead::parse);
        PrintWriter out = spec.commandLine().getOut();
        try (AwsCloud cloud = options.connect()) {
            return switch (new AuditCheck(cloud.audit(), head).run()) {
                case AuditCheck.Verdict.Broken(String sentence) -> broken(sentence);
                case AuditCheck.Verdict.Intact(AuditHead end) -> {
                    var launches = new UnwrittenLaunches(cloud.campaigns(), cloud.audit());
                    List<AuditAct> missing = launches.in(
                            UnwrittenLaunches.LAUNCHED_ONCE,
                            InstantSource.system().instant().minus(LAUNCH_GRACE));
                    if (!missing.isEmpty()) {
                        yield broken(sentence(missing.getFirst()));
                    }
                    out.println("intact: " + end.entries() + " entries, head " + end);
                    out.flush();
                    yield ExitCode.OK;
                }
            };
        }
    }

    private static String sentence(AuditAct act) {
        return act.subject() + " tells of a " + act.action().wireName() + " by " + act.who() + " at " + act.at()
                + " that has no entry";
    }

    private int broken(String sentence) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("broadcaster: the audit log is not what was written: " + sentence);
        err.flush();
        return ExitCode.TAMPERED;
    }
}
