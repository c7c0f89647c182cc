package io.broadcaster.cli;

import io.broadcaster.campaign.Instants;
import io.broadcaster.campaign.InvalidInput;
import io.broadcaster.cli.audit.AuditCommand;
import io.broadcaster.cli.campaign.CampaignCommand;
import io.broadcaster.cli.client.ApiRefusal;
import io.broadcaster.cli.demo.DemoCommand;
import io.broadcaster.cli.demo.LocalCommand;
import io.broadcaster.cli.devices.DevicesCommand;
import io.broadcaster.cli.loadtest.LoadtestCommand;
import io.broadcaster.cli.process.ApiCommand;
import io.broadcaster.cli.process.FanoutCommand;
import io.broadcaster.cli.process.LoaderCommand;
import io.broadcaster.cli.process.LocalCloudCommand;
import io.broadcaster.cli.process.ProvisionCommand;
import io.broadcaster.cli.process.SenderCommand;
import io.broadcaster.cli.queues.QueuesCommand;
import io.broadcaster.cli.terminal.ExitCode;
import io.broadcaster.config.ConfigException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The command line's table of contents: every command is one class, named here. */
@Command(
        name = "broadcaster",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        description = "One press, millions of phones, each exactly once.",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:done",
            "1:failed; the last line of standard error says why",
            "2:the command line or a setting is wrong",
            "3:the API refused",
            "4:a device was reached twice, or lost, or ledger and journals do not agree",
            "5:the audit log is not what was written"
        },
        subcommands = {
            DemoCommand.class,
            LocalCommand.class,
            LocalCloudCommand.class,
            ProvisionCommand.class,
            ApiCommand.class,
            LoaderCommand.class,
            FanoutCommand.class,
            SenderCommand.class,
            CampaignCommand.class,
            DevicesCommand.class,
            QueuesCommand.class,
            AuditCommand.class,
            LoadtestCommand.class
        })
public final class Main implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    Main() {}

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** The command line, ready to execute; tests run it in process. */
    public static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .registerConverter(Instant.class, Main::instant)
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    command.getErr().println("broadcaster: " + sentence(failure));
                    return exitCode(failure);
                });
    }

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    private static int exitCode(Exception failure) {
        return switch (failure) {
            case ConfigException e -> ExitCode.USAGE;
            case InvalidInput e -> ExitCode.USAGE;
            case ApiRefusal e -> ExitCode.REFUSED;
            default -> ExitCode.FAILED;
        };
    }

    private static Instant instant(String text) {
        return Instants.parse(text)
                .orElseThrow(() -> new TypeConversionException(
                        "must be an instant from 1970 to 9999 such as 2026-02-08T18:30:00Z, but was '" + text + "'"));
    }

    /** What the JDK says of a file is its name, and nothing of what is wrong with it. */
    private static String sentence(Exception failure) {
        String message = failure.getMessage();
        return switch (failure) {
            case NoSuchFileException e -> "there is no file " + e.getFile();
            case AccessDeniedException e -> "file " + e.getFile() + " may not be read or written";
            default -> message == null ? failure.getClass().getSimpleName() : message;
        };
    }

    /** The version in the jar's manifest; classes that run outside of a jar have none. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
                    .orElse("(not packaged)");
            return new String[] {"broadcaster " + version};
        }
    }
}
