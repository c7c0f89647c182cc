package io.broadcaster.loader.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.broadcaster.audience.UserId;
import io.broadcaster.campaign.AudienceSource.Format;
import io.broadcaster.campaign.InvalidInput;
import io.broadcaster.loader.read.RawRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RowCheckTest {
    @Test
    void lines_blanksAround_areTakenOff() {
        assertUser(new RowCheck(Format.LINES), " user-1 ", "user-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a,b", "a\"b", "a\tb"})
    void lines_noUserId_isMalformed(String text) {
        assertMalformed(new RowCheck(Format.LINES), text, "must be a user id");
    }

    @Test
    void lines_129Characters_isMalformed() {
        var check = new RowCheck(Format.LINES);
        assertUser(check, "x".repeat(128), "x".repeat(128));
        assertMalformed(check, "x".repeat(129), "must be a user id");
    }

    @Test
    void check_blankLine_isNoRow() {
        assertThat(new RowCheck(Format.JSONL).check(new RawRow.Text(1, "  "))).isEmpty();
    }

    @Test
    void check_unreadable_isMalformedWithItsRule() {
        assertThat(new RowCheck(Format.LINES).check(new RawRow.Unreadable(7, "must be UTF-8", "x")))
                .hasValueSatisfying(row -> assertThat(row).isInstanceOfSatisfying(Row.Malformed.class, malformed -> {
                    assertThat(malformed.rejected().row()).isEqualTo(7);
                    assertThat(malformed.rejected().rule()).isEqualTo("must be UTF-8");
                }));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "user_id|u1|u1",
                "a,user_id,b|x,u1,y|u1",
                "\"user_id\",b|u1,|u1",
                "user_id,b|\"u1\",\"x,\"\"y\"\"\"|u1",
                " user_id , b| u1 ,x|u1"
            })
    void csv_columnUserId_isFound(String header, String line, String user) {
        var check = new RowCheck(Format.CSV);
        assertThat(check.check(new RawRow.Text(1, header))).isEmpty();
        assertUser(check, line, user);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "u1|must have 2 columns as the header has",
                "u1,b,c|must have 2 columns as the header has",
                "\"u1,b|must be CSV with its quotes closed within the line",
                "\"u1\"x,b|must be CSV with its quotes closed within the line",
                ",b|must be a user id"
            })
    void csv_brokenLine_isMalformed(String line, String rule) {
        var check = new RowCheck(Format.CSV);
        assertThat(check.check(new RawRow.Text(1, "user_id,b"))).isEmpty();
        assertMalformed(check, line, rule);
    }

    @Test
    void csv_headerWithoutUserId_isRefused() {
        assertThatThrownBy(() -> new RowCheck(Format.CSV).check(new RawRow.Text(1, "id,name")))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("audience.header must have the column user_id, but was 'id,name'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"u1\"|u1",
                "{\"user_id\":\"u1\"}|u1",
                "{\"user_id\":42}|42",
                "{\"x\":{\"user_id\":\"no\"},\"user_id\":\"u1\",\"y\":[1,{}]}|u1"
            })
    void jsonl_userId_isFound(String line, String user) {
        assertUser(new RowCheck(Format.JSONL), line, user);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{\"user_id\":\"u1\"",
                "\"u1\" \"u2\"",
                "nonsense",
                "42",
                "[\"u1\"]",
                "{\"id\":\"u1\"}",
                "{\"user_id\":null}",
                "{\"user_id\":1.5}",
                "\"a b\"",
                "null"
            })
    void jsonl_anythingElse_isMalformed(String line) {
        assertMalformed(new RowCheck(Format.JSONL), line, "must be");
    }

    private static void assertUser(RowCheck check, String line, String user) {
        assertThat(check.check(new RawRow.Text(2, line))).contains(new Row.User(new UserId(user)));
    }

    private static void assertMalformed(RowCheck check, String line, String rule) {
        assertThat(check.check(new RawRow.Text(2, line)))
                .hasValueSatisfying(row -> assertThat(row).isInstanceOfSatisfying(Row.Malformed.class, malformed -> {
                    assertThat(malformed.rejected().row()).isEqualTo(2);
                    assertThat(malformed.rejected().rule()).startsWith(rule);
                    assertThat(malformed.rejected().text()).isEqualTo(line.substring(0, Math.min(80, line.length())));
                }));
    }
}
