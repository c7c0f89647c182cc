package io.broadcaster.cli.devices;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.broadcaster.audience.Device;
import io.broadcaster.audience.DeviceToken;
import io.broadcaster.audience.UserId;
import io.broadcaster.campaign.Instants;
import io.broadcaster.campaign.InvalidInput;
import io.broadcaster.campaign.LocaleTag;
import io.broadcaster.campaign.Platform;
import java.io.BufferedInputStream;
import java.io.CharConversionException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;

/**
 * The rows of a device file, streamed: {@code .csv} with a header or {@code .jsonl}, either plain or {@code .gz}, with the
 * fields {@code user_id, platform, token, locale, registered_at}. The first bad row ends the reading with
 * {@link InvalidInput} that names row, field and rule, never the token.
 */
final class DeviceRows implements Iterator<DeviceImport.Row>, AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 16;

    /** Longest row and header: more than any of ours, and less than a heap. A token has at most some hundred bytes. */
    private static final int ROW_BYTES_MAX = 1 << 20;

    private final RowBound in;
    private final Iterator<Map<String, String>> rows;
    private long row;

    private DeviceRows(RowBound in, Iterator<Map<String, String>> rows) {
        this.in = in;
        this.rows = rows;
    }

    static DeviceRows open(Path file) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
        try {
            return of(String.valueOf(file.getFileName()), in);
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    /** Reads the whole file, so that nothing is written of one with a bad row: {@link InvalidInput} of the first. */
    static void check(Path file) throws IOException {
        try (DeviceRows rows = open(file)) {
            while (rows.hasNext()) {
                var _ = rows.next();
            }
        }
    }

    /** The rows of a stream that has this file's name. */
    static DeviceRows of(String name, InputStream in) throws IOException {
        var plain = new RowBound(name.endsWith(".gz") ? new GZIPInputStream(in, BUFFER_BYTES) : in);
        try {
            return new DeviceRows(plain, rows(name.replaceFirst("\\.gz$", ""), plain));
        } catch (InvalidInput e) {
            throw e;
        } catch (JsonProcessingException | CSVException | CharConversionException | RuntimeException e) {
            throw unreadable(1, e);
        }
    }

    private static Iterator<Map<String, String>> rows(String name, InputStream in) throws IOException {
        if (name.endsWith(".csv")) {
            Iterator<CSVRecord> records = CSVFormat.RFC4180
                    .builder()
                    .setHeader()
                    .setSkipHeaderRecord(true)
                    .setDuplicateHeaderMode(DuplicateHeaderMode.DISALLOW)
                    .get()
                    .parse(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .iterator();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return records.hasNext();
                }

                @Override
                public Map<String, String> next() {
                    return records.next().toMap();
                }
            };
        }
        if (name.endsWith(".jsonl") || name.endsWith(".ndjson")) {
            MappingIterator<Map<String, String>> values =
                    new ObjectMapper().readerForMapOf(String.class).readValues(in);
            return values;
        }
        throw new InvalidInput("file", "must end in .csv or .jsonl, with or without .gz", name);
    }

    @Override
    public boolean hasNext() {
        return read(rows::hasNext);
    }

    @Override
    public DeviceImport.Row next() {
        row++;
        Optional<Map<String, String>> fields = read(() -> Optional.ofNullable(rows.next()));
        in.nextRow();
        return row(fields.orElseThrow(() -> new InvalidInput("row " + row, "must be an object", "null")));
    }

    /** The parsers' own messages may quote the row, and with it a token: only their place is told. */
    private <T> T read(Supplier<T> step) {
        try {
            return step.get();
        } catch (InvalidInput e) {
            throw e;
        } catch (RuntimeException e) {
            throw unreadable(Math.max(row, 1), e);
        }
    }

    private static InvalidInput unreadable(long row, Exception why) {
        return new InvalidInput(
                "row " + row, "must be readable as CSV or JSON", why.getClass().getSimpleName());
    }

    private DeviceImport.Row row(Map<String, String> fields) {
        try {
            Platform platform = Platform.ofWireName(field(fields, "platform"));
            return new DeviceImport.Row(
                    new UserId(field(fields, "user_id")),
                    new Device(
                            platform,
                            DeviceToken.of(platform, field(fields, "token")),
                            new LocaleTag(field(fields, "locale")),
                            instant(field(fields, "registered_at"))));
        } catch (InvalidInput e) {
            throw e.at("row " + row + ": " + e.field());
        }
    }

    private static Instant instant(String text) {
        return Instants.parse(text)
                .orElseThrow(() ->
                        new InvalidInput("registered_at", "must be an instant in ISO 8601 from 1970 to 9999", text));
    }

    private static String field(Map<String, String> fields, String name) {
        String value = fields.get(name);
        if (value == null || value.isBlank()) {
            throw new InvalidInput(name, "must be present", "");
        }
        return value.strip();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** Ends a file that goes on for too long without a row: a parser keeps a whole one in memory. */
    private static final class RowBound extends FilterInputStream {
        private long sinceRow;

        RowBound(InputStream in) {
            super(in);
        }

        void nextRow() {
            sinceRow = 0;
        }

        @Override
        public int read() throws IOException {
            int value = in.read();
            count(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int count = in.read(into, offset, length);
            count(Math.max(count, 0));
            return count;
        }

        private void count(int bytes) {
            sinceRow += bytes;
            if (sinceRow > ROW_BYTES_MAX) {
                throw new InvalidInput("row", "must have at most " + ROW_BYTES_MAX + " bytes", "more");
            }
        }
    }
}
