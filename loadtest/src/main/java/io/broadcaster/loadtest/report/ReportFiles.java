package io.broadcaster.loadtest.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** Writes reports: JSON for machines, and one page with the same JSON in it that draws itself, without the network. */
public final class ReportFiles {
    private static final String PAGE = "report.html";
    private static final String DATA = "/*DATA*/null";
    private static final ObjectMapper JSON = new ObjectMapper()
            .registerModule(new SimpleModule().addSerializer(Instant.class, ToStringSerializer.instance))
            .enable(SerializationFeature.INDENT_OUTPUT);

    private ReportFiles() {}

    /** The report as JSON. */
    public static void json(Object report, Path file) {
        write(file, text(report));
    }

    /** The report as a page. */
    public static void html(LoadReport report, Path file) {
        // "</" would end the script element in which the data stands
        write(file, page().replace(DATA, text(report).replace("</", "<\\/")));
    }

    private static String text(Object report) {
        try {
            return JSON.writeValueAsString(report);
        } catch (IOException e) {
            throw new UncheckedIOException("a report is always JSON", e);
        }
    }

    private static String page() {
        try (InputStream in = Optional.ofNullable(ReportFiles.class.getResourceAsStream(PAGE))
                .orElseThrow(() -> new IllegalStateException("resource " + PAGE + " must be packaged"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read resource " + PAGE, e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
