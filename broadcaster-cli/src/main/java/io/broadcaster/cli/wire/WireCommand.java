package io.broadcaster.cli.wire;

import io.broadcaster.campaign.InvalidInput;
import io.broadcaster.campaign.Platform;
import io.broadcaster.cli.local.WorkFolder;
import io.broadcaster.cli.terminal.CommandText;
import io.broadcaster.cli.terminal.ExitCode;
import io.broadcaster.cli.terminal.JsonOption;
import io.broadcaster.cli.terminal.Quiet;
import io.broadcaster.loadtest.report.Machine;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What a sender alone can do, per second of its CPU, beside others in the same run. */
@Command(
        name = "wire",
        mixinStandardHelpOptions = true,
        description = {
            "Measure senders alone: each in a process on one core against a peer on the other, TLS 1.3, one after the other,",
            "round after round; prints the medians per second of client CPU and how the clients compare.",
            "Other work on the machine changes the wall rates first: trust the ratios."
        })
public final class WireCommand implements Callable<Integer> {
    @Option(
            names = "--client",
            split = ",",
            paramLabel = "NAME",
            description =
                    "burst, library, pushy (ios), admin (android), h2load; several with commas (default: all that fit).")
    private List<ClientKind> clients = List.of();

    @Option(
            names = "--connections",
            paramLabel = "N",
            defaultValue = "4",
            description =
                    "Connections, with 1,000 streams each for ios and 100 for android (default: ${DEFAULT-VALUE}).")
    private int connections;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            description = "Rounds (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "One setting of our senders, such as apns.outstanding-max=4000.")
    private Map<String, String> overrides = new LinkedHashMap<>();

    @Mixin
    private CountOptions counted = new CountOptions();

    @Mixin
    private HoldOption hold = new HoldOption();

    @Mixin
    private JsonOption json = new JsonOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        Quiet.unless(false);
        PrintWriter out = spec.commandLine().getOut();
        var setup = new WireTest.Setup(
                counted.platform(),
                chosen(out),
                hold.duration(),
                connections,
                rounds,
                counted.time(),
                counted.warmUp(),
                overrides);
        Machine machine = Machine.current(InstantSource.system().instant(), CommandText.of(spec));
        try (WorkFolder work = WorkFolder.create()) {
            WireReport report = new WireTest(setup, work.path(), out).run(machine);
            report.print(out);
            out.flush();
            json.write(report);
        }
        return ExitCode.OK;
    }

    private List<ClientKind> chosen(PrintWriter out) {
        Platform platform = counted.platform();
        List<ClientKind> fitting = ClientKind.of(platform);
        for (ClientKind kind : clients) {
            if (!fitting.contains(kind)) {
                throw new InvalidInput("--client", "must be of " + fitting + " for " + platform.wireName(), kind);
            }
        }
        List<ClientKind> wanted = clients.isEmpty() ? fitting : clients;
        if (wanted.contains(ClientKind.H2LOAD) && !Cores.installed(H2load.PROGRAM)) {
            out.println("h2load is not installed and left out (Debian: apt-get install nghttp2-client)");
            return wanted.stream().filter(kind -> kind != ClientKind.H2LOAD).toList();
        }
        return wanted;
    }
}
