package io.broadcaster.loadtest.provider.journal;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.broadcaster.campaign.Platform;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A journal as JSON Lines: one line per device under its {@link TokenKey}, one per platform with refusals without a device. */
public final class JournalFile {
    private static final ObjectMapper JSON = new ObjectMapper();

    private JournalFile() {}

    /** The journal of a dump; {@link UncheckedIOException} when the file cannot be read. */
    public static Journal read(Path file) {
        var journal = new Journal(() -> Instant.EPOCH, () -> 0); // takes no deliveries of its own
        try (var lines = Files.newBufferedReader(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                restore(journal, JSON.readTree(line));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("journal cannot be read from " + file, e);
        }
        return journal;
    }

    static void write(Journal journal, Path file) {
        try (var lines = Files.newBufferedWriter(file)) {
            for (Platform platform : Platform.values()) {
                var withDevice = new HashMap<String, Long>();
                journal.forEach(platform, (key, receipts) -> {
                    receipts.refusals().forEach((reason, count) -> withDevice.merge(reason, (long) count, Long::sum));
                    write(lines, platform, key, receipts);
                });
                writeRest(lines, platform, journal.totals(platform).refusals(), withDevice);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("journal cannot be written to " + file, e);
        }
    }

    private static void write(BufferedWriter lines, Platform platform, TokenKey key, DeviceReceipts receipts) {
        try {
            var line = new StringWriter();
            try (JsonGenerator json = JSON.createGenerator(line)) {
                json.writeStartObject();
                json.writeStringField("platform", platform.wireName());
                json.writeStringField("key", key.hex());
                json.writeNumberField("accepted", receipts.accepted());
                json.writeStringField("first", receipts.firstAccepted().toString());
                json.writeStringField("last", receipts.lastAccepted().toString());
                json.writePOJOField("collapseIds", receipts.collapseIds());
                json.writePOJOField("apnsIds", receipts.apnsIds());
                json.writePOJOField("refusals", receipts.refusals());
                json.writeEndObject();
            }
            lines.append(line.getBuffer()).append('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void writeRest(
            BufferedWriter lines, Platform platform, Map<String, Long> all, Map<String, Long> withDevice)
            throws IOException {
        var rest = new HashMap<String, Long>();
        all.forEach((reason, count) -> {
            long without = count - withDevice.getOrDefault(reason, 0L);
            if (without > 0) {
                rest.put(reason, without);
            }
        });
        lines.append(JSON.writeValueAsString(Map.of("platform", platform.wireName(), "refusals", rest)))
                .append('\n');
    }

    private static void restore(Journal journal, JsonNode line) {
        Platform platform = Platform.ofWireName(line.path("platform").asText());
        if (!line.has("key")) {
            line.path("refusals")
                    .properties()
                    .forEach(e ->
                            journal.restore(platform, e.getKey(), e.getValue().asLong()));
            return;
        }
        var ids = new ArrayList<UUID>();
        line.path("apnsIds").forEach(id -> ids.add(UUID.fromString(id.asText())));
        journal.restore(
                platform,
                TokenKey.ofHex(line.path("key").asText()),
                new DeviceReceipts(
                        line.path("accepted").asInt(),
                        counts(line.path("collapseIds")),
                        List.copyOf(ids),
                        Instant.parse(line.path("first").asText()),
                        Instant.parse(line.path("last").asText()),
                        counts(line.path("refusals"))));
    }

    private static Map<String, Integer> counts(JsonNode object) {
        var counts = new HashMap<String, Integer>();
        object.properties().forEach(e -> counts.put(e.getKey(), e.getValue().asInt()));
        return counts;
    }
}
