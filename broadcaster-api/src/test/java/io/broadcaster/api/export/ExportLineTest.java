package io.broadcaster.api.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ExportLineTest {
    @Test
    void csv_ofPlainLine_hasACellPerColumn() {
        var line = new ExportLine(
                "user-1", "ios", "en", "accepted", "", Optional.of(Instant.parse("2026-02-08T18:30:01Z")), "ab");

        assertThat(line.csv()).isEqualTo("user-1,ios,en,accepted,,2026-02-08T18:30:01Z,ab\r\n");
        assertThat(line.csv().chars().filter(c -> c == ',').count()).isEqualTo(ExportLine.HEADER.size() - 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"})
    void csv_ofUserThatIsAFormula_isNeutralised(String user) {
        var line = new ExportLine(user, "ios", "en", "pending", "", Optional.empty(), "");

        assertThat(line.csv()).startsWith("\"'" + user + "\",");
    }

    @Test
    void csv_ofUserWithQuotesAndCommas_isQuoted() {
        var line = new ExportLine("a\"b,c", "ios", "en", "pending", "", Optional.empty(), "");

        assertThat(line.csv()).startsWith("\"a\"\"b,c\",ios,");
    }

    @Test
    void jsonl_ofUserWithQuotesAndControls_isEscaped() {
        var line = new ExportLine("a\"b\\c\u0001", "ios", "en", "pending", "", Optional.empty(), "");

        assertThat(line.jsonl()).startsWith("{\"user\":\"a\\\"b\\\\c\\u0001\",").endsWith("}\n");
    }
}
