package io.broadcaster.loader.check;

import io.broadcaster.audience.LoadProgress.RejectedRow;
import io.broadcaster.audience.UserId;
import io.broadcaster.campaign.AudienceSource.Format;
import io.broadcaster.loader.read.RawRow;
import java.util.Optional;

/**
 * Turns lines into users or rejections, by the audience's format. A blank line and the header of a CSV are no rows. Confined
 * to one thread; a header without {@code user_id} is an {@link io.broadcaster.campaign.InvalidInput}.
 */
public final class RowCheck {
    private static final int SHOWN_CHARACTERS = 80;
    private static final String USER_RULE =
            "must be a user id: 1 to 128 printable characters without blanks, commas, quotes";

    private final UserField field;

    public RowCheck(Format format) {
        field = switch (format) {
            case LINES -> (text, _) -> new UserField.Found(text.strip());
            case CSV -> new CsvField();
            case JSONL -> new JsonField();
        };
    }

    /** The row that the line is, if it is one. */
    public Optional<Row> check(RawRow raw) {
        return switch (raw) {
            case RawRow.Unreadable(long number, String rule, String text) -> Optional.of(malformed(number, rule, text));
            case RawRow.Text(long number, String text) when text.isBlank() -> Optional.empty();
            case RawRow.Text(long number, String text) ->
                switch (field.of(text, number)) {
                    case UserField.Header _ -> Optional.empty();
                    case UserField.Absent(String rule) -> Optional.of(malformed(number, rule, text));
                    case UserField.Found(String user) ->
                        Optional.of(
                                UserId.isValid(user)
                                        ? new Row.User(new UserId(user))
                                        : malformed(number, USER_RULE, text));
                };
        };
    }

    private static Row malformed(long number, String rule, String text) {
        return new Row.Malformed(
                new RejectedRow(number, rule, text.substring(0, Math.min(text.length(), SHOWN_CHARACTERS))));
    }
}
