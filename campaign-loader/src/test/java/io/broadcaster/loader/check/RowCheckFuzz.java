package io.broadcaster.loader.check;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import io.broadcaster.audience.UserId;
import io.broadcaster.campaign.AudienceSource.Format;
import io.broadcaster.campaign.InvalidInput;
import io.broadcaster.loader.read.RawRow;
import java.util.Optional;

/** Any lines in each of the formats: a user id that is one, or a rejection that is short, and nothing else. */
final class RowCheckFuzz {
    @FuzzTest
    void check(@NotNull String header, @NotNull String line) {
        check(new RowCheck(Format.LINES), line);
        check(new RowCheck(Format.JSONL), line);
        check(csv("user_id," + header), line);
        check(csv(header), line);
    }

    private static RowCheck csv(String header) {
        var csv = new RowCheck(Format.CSV);
        try {
            var _ = csv.check(new RawRow.Text(1, header));
        } catch (InvalidInput e) {
            var _ = csv.check(new RawRow.Text(1, "user_id"));
        }
        return csv;
    }

    private static void check(RowCheck check, String line) {
        Optional<Row> row;
        try {
            row = check.check(new RawRow.Text(2, line));
        } catch (InvalidInput e) {
            return; // a blank header is passed over, and the line is taken for it
        }
        row.ifPresent(found -> {
            boolean sound = switch (found) {
                case Row.User(UserId user) -> UserId.isValid(user.value());
                case Row.Malformed(var rejected) -> rejected.text().length() <= 80 && line.startsWith(rejected.text());
            };
            if (!sound) {
                throw new AssertionError("neither a user nor a rejection: " + found);
            }
        });
    }
}
