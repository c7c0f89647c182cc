package io.broadcaster.cli.process;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/** Tells another process that this one is ready: a properties file that appears whole or not at all. */
public final class ReadyFile {
    private final Path path;

    public ReadyFile(Path path) {
        this.path = path;
    }

    /** Writes the facts beside the file and moves them into place in one step. */
    public void write(Map<String, String> facts) throws IOException {
        var properties = new Properties();
        properties.putAll(facts);
        var text = new StringWriter();
        properties.store(text, "ready");
        Path draft = path.resolveSibling(path.getFileName() + ".draft");
        Files.writeString(draft, text.toString());
        Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The facts, once they are there. */
    public Optional<Map<String, String>> read() throws IOException {
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        var properties = new Properties();
        try (Reader reader = Files.newBufferedReader(path)) {
            properties.load(reader);
        }
        var facts = new TreeMap<String, String>();
        properties.stringPropertyNames().forEach(key -> facts.put(key, properties.getProperty(key)));
        return Optional.of(facts);
    }
}
