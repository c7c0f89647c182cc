package io.broadcaster.cli.local;

import io.broadcaster.config.Settings;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Properties;

/** The settings of a fleet for its processes to read. They hold secrets: the file is the owner's alone. */
public final class SettingsFile {
    private SettingsFile() {}

    /** Writes them into the work folder, once; where they are. */
    public static Path write(Path work, Settings settings) throws IOException {
        Path file = Files.createFile(
                work.resolve("settings.properties"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        var properties = new Properties();
        properties.putAll(settings.values());
        var text = new StringWriter();
        properties.store(text, "local fleet");
        Files.writeString(file, text.toString());
        return file;
    }
}
