package io.broadcaster.cli.terminal;

import io.broadcaster.config.Settings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options by which every process takes its settings: files, then BROADCASTER_* variables, then --set. */
public final class SettingsOptions {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "A properties file of settings (section.key = value). May be repeated; later files win.")
    private List<Path> files = List.of();

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "One setting, such as sender.transport=library. Wins over files and environment.")
    private Map<String, String> overrides = new LinkedHashMap<>();

    /** The merged settings; sections are checked when they are read. */
    public Settings load() {
        return Settings.load(files, System.getenv(), overrides);
    }
}
