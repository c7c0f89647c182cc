package io.broadcaster.cli.campaign;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Tells an audience file's format and compression from its name: {@code .txt .csv .jsonl}, then {@code .gz} or {@code .zst}. */
public record AudienceFile(Path file) {
    /** The HTTP headers under which the file is uploaded. */
    public Map<String, String> headers() {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        var headers = new HashMap<String, String>();
        if (name.endsWith(".gz")) {
            headers.put("Content-Encoding", "gzip");
        } else if (name.endsWith(".zst")) {
            headers.put("Content-Encoding", "zstd");
        }
        String plain = name.replaceFirst("\\.(gz|zst)$", "");
        headers.put("Content-Type", contentType(plain));
        return headers;
    }

    private static String contentType(String name) {
        if (name.endsWith(".csv")) {
            return "text/csv";
        }
        return name.endsWith(".jsonl") || name.endsWith(".ndjson") ? "application/x-ndjson" : "text/plain";
    }
}
