package io.broadcaster.loader.check;

import io.broadcaster.campaign.InvalidInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * CSV (RFC 4180) with a header that has {@code user_id}, one record per line: a line break within quotes is not taken, so
 * that a stray quote costs one row and not the rest of the file. Confined to one thread.
 */
final class CsvField implements UserField {
    private static final String COLUMN = "user_id";
    private static final int UNKNOWN = -1;

    private int column = UNKNOWN;
    private int columns;

    @Override
    public Answer of(String text, long number) {
        Optional<List<String>> cells = cells(text);
        if (column == UNKNOWN) {
            List<String> header =
                    cells.orElse(List.of()).stream().map(String::strip).toList();
            column = header.indexOf(COLUMN);
            columns = header.size();
            if (column == UNKNOWN) {
                throw new InvalidInput("audience.header", "must have the column " + COLUMN, text);
            }
            return new Header();
        }
        if (cells.isEmpty()) {
            return new Absent("must be CSV with its quotes closed within the line");
        }
        if (cells.get().size() != columns) {
            return new Absent("must have " + columns + " columns as the header has");
        }
        return new Found(cells.get().get(column).strip());
    }

    /** The cells of a line, or empty when its quotes are wrong. */
    private static Optional<List<String>> cells(String line) {
        var cells = new ArrayList<String>();
        int at = 0;
        while (true) {
            if (at < line.length() && line.charAt(at) == '"') {
                var cell = new StringBuilder();
                at = quoted(line, at + 1, cell);
                if (at < 0 || (at < line.length() && line.charAt(at) != ',')) {
                    return Optional.empty();
                }
                cells.add(cell.toString());
            } else {
                int comma = line.indexOf(',', at);
                int end = comma < 0 ? line.length() : comma;
                cells.add(line.substring(at, end));
                at = end;
            }
            if (at == line.length()) {
                return Optional.of(cells);
            }
            at++;
        }
    }

    /** Reads up to the closing quote and answers with the place after it, or -1 when there is none. */
    private static int quoted(String line, int from, StringBuilder cell) {
        int at = from;
        while (at < line.length()) {
            char c = line.charAt(at);
            if (c != '"') {
                cell.append(c);
                at++;
            } else if (at + 1 < line.length() && line.charAt(at + 1) == '"') {
                cell.append('"');
                at += 2;
            } else {
                return at + 1;
            }
        }
        return -1;
    }
}
