package io.broadcaster.api.export;

import io.broadcaster.campaign.InvalidInput;

/** How export lines are written. */
public enum ExportFormat {
    /** RFC 4180 with a header; cells that a spreadsheet would take for a formula are preceded by an apostrophe. */
    CSV,
    /** One JSON object per line. */
    JSONL;

    /** The format of its name; InvalidInput on any other. */
    public static ExportFormat of(String name) {
        return switch (name) {
            case "csv" -> CSV;
            case "jsonl" -> JSONL;
            default -> throw new InvalidInput("format", "must be csv or jsonl", name);
        };
    }
}
