package io.broadcaster.cli.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AudienceFileTest {
    @ParameterizedTest
    @CsvSource({
        "users.txt, text/plain, ''",
        "users, text/plain, ''",
        "users.CSV, text/csv, ''",
        "users.csv.gz, text/csv, gzip",
        "users.jsonl.zst, application/x-ndjson, zstd",
        "users.ndjson, application/x-ndjson, ''"
    })
    void headers_byName_tellFormatAndCompression(String name, String type, String encoding) {
        Map<String, String> headers = new AudienceFile(Path.of("lists", name)).headers();

        assertThat(headers).containsEntry("Content-Type", type);
        assertThat(headers.getOrDefault("Content-Encoding", "")).isEqualTo(encoding);
    }
}
