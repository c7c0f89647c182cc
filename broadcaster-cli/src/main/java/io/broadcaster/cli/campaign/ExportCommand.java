package io.broadcaster.cli.campaign;

import io.broadcaster.cli.client.ApiClient;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes one line per device: user, platform, locale, outcome, reason, when, and a keyed hash of the token. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description =
                "Write one line per device: user, platform, locale, outcome, reason, when, keyed hash of the token.")
final class ExportCommand extends CampaignActCommand {
    /** The forms of an export. */
    enum Format {
        CSV,
        JSONL
    }

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "The file to write.")
    private Path file = Path.of("");

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "CSV", description = "${COMPLETION-CANDIDATES}.")
    private Format format = Format.CSV;

    @Override
    void act(ApiClient client, PrintWriter out) throws Exception {
        Path draft = file.resolveSibling(file.getFileName() + ".part");
        try (InputStream export =
                client.open(path("/export?format=" + format.name().toLowerCase(Locale.ROOT)))) {
            Files.copy(export, draft, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
        out.println("wrote " + file);
    }
}
