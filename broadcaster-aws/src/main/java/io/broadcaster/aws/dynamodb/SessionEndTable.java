package io.broadcaster.aws.dynamodb;

import io.broadcaster.campaign.StoreException;
import io.broadcaster.identity.SessionEnd;
import io.broadcaster.identity.SessionEnd.Of;
import io.broadcaster.identity.SessionEndStore;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Ended sessions: key {@code whose}, such as {@code person alice 2026-02-08T18:30:00Z}, attributes {@code at} and {@code by}.
 * Expires once no session can last.
 */
final class SessionEndTable implements SessionEndStore {
    private static final Logger LOG = LoggerFactory.getLogger(SessionEndTable.class);
    static final String WHOSE = "whose";

    private final Table table;

    SessionEndTable(Table table) {
        this.table = table;
    }

    @Override
    public void put(SessionEnd end) {
        table.put(Map.of(
                WHOSE,
                Attributes.text(end.of().wireName() + " " + end.name() + " " + end.at()),
                "at",
                Attributes.text(end.at().toString()),
                "by",
                Attributes.text(end.by()),
                Expiry.ATTRIBUTE,
                Expiry.at(end.at().plus(SessionEnd.KEPT))));
    }

    @Override
    public List<SessionEnd> list() {
        var all = new ArrayList<SessionEnd>();
        table.scan(item -> readOrSkip(item).ifPresent(all::add));
        return List.copyOf(all);
    }

    /** A row that cannot be read, as of a version to come, must not keep the others from being heard. */
    private static Optional<SessionEnd> readOrSkip(Map<String, AttributeValue> item) {
        try {
            return Optional.of(read(item));
        } catch (StoreException | DateTimeException e) {
            LOG.warn("an ended session cannot be read", e);
            return Optional.empty();
        }
    }

    private static SessionEnd read(Map<String, AttributeValue> item) {
        String[] whose = Attributes.text(item, WHOSE).split(" ", 3);
        Of of = Arrays.stream(Of.values())
                .filter(each -> each.wireName().equals(whose[0]) && whose.length == 3)
                .findFirst()
                .orElseThrow(() ->
                        new StoreException("attribute " + WHOSE + " must be session or person, a name and an instant"));
        return new SessionEnd(of, whose[1], Instant.parse(Attributes.text(item, "at")), Attributes.text(item, "by"));
    }
}
