package io.broadcaster.api.export;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One device of a launch. {@code when} is the last answer of its batch, or since when its token is dead; absent while
 * there is none. {@code tokenHash} is a keyed hash: equal tokens of one key have equal hashes, and no hash gives a token.
 */
record ExportLine(
        String user,
        String platform,
        String locale,
        String outcome,
        String reason,
        Optional<Instant> when,
        String tokenHash) {
    static final List<String> HEADER = List.of("user", "platform", "locale", "outcome", "reason", "when", "token_hash");

    String csv() {
        var line = new StringBuilder(160);
        cell(line, user).append(',');
        cell(line, platform).append(',');
        cell(line, locale).append(',');
        cell(line, outcome).append(',');
        cell(line, reason).append(',');
        cell(line, when.map(Instant::toString).orElse("")).append(',');
        return cell(line, tokenHash).append("\r\n").toString();
    }

    String jsonl() {
        var line = new StringBuilder(220).append('{');
        field(line, "user", user).append(',');
        field(line, "platform", platform).append(',');
        field(line, "locale", locale).append(',');
        field(line, "outcome", outcome).append(',');
        field(line, "reason", reason).append(',');
        when.ifPresent(instant -> field(line, "when", instant.toString()).append(','));
        return field(line, "tokenHash", tokenHash).append("}\n").toString();
    }

    private static StringBuilder cell(StringBuilder line, String text) {
        boolean formula = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0;
        boolean quoted = formula || text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        String safe = formula ? "'" + text : text;
        return quoted ? line.append('"').append(safe.replace("\"", "\"\"")).append('"') : line.append(safe);
    }

    private static StringBuilder field(StringBuilder line, String name, String text) {
        line.append('"').append(name).append("\":\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> line.append("\\\"");
                case '\\' -> line.append("\\\\");
                default -> {
                    if (c < ' ' || c == '\u2028' || c == '\u2029') {
                        line.append(String.format("\\u%04x", (int) c));
                    } else {
                        line.append(c);
                    }
                }
            }
        }
        return line.append('"');
    }
}
