package io.broadcaster.aws.dynamodb;

import io.broadcaster.audit.AuditAct;
import io.broadcaster.audit.AuditAction;
import io.broadcaster.audit.AuditEntry;
import io.broadcaster.audit.AuditHead;
import io.broadcaster.audit.AuditStore;
import io.broadcaster.audit.AuditSubject;
import io.broadcaster.audit.AuditSubject.Kind;
import io.broadcaster.campaign.StoreException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The audit log: key {@code part} and {@code place}. Part {@value #CHAIN} has an entry per place, a number of twelve digits;
 * a part per subject has a row per act, under its key, with the entry's number; part {@value #HEAD} has the one item that
 * every append replaces on condition of the head it was made for. An append is one transaction. Kept for ever.
 */
final class AuditTable implements AuditStore {
    static final String PART = "part";
    static final String PLACE = "place";
    static final String CHAIN = "chain";
    static final String HEAD = "head";
    static final String INDEX = "of#";

    private static final String SHA256 = "sha256";
    private static final String NUMBER = "entryNumber";
    private static final String PREVIOUS = "previous";

    private final Table table;

    AuditTable(Table table) {
        this.table = table;
    }

    @Override
    public AuditHead head() {
        return table.find(key(HEAD, HEAD)).map(AuditTable::head).orElse(AuditHead.EMPTY);
    }

    @Override
    public Append append(List<AuditEntry> entries) {
        var puts = new ArrayList<Table.ConditionalPut>();
        puts.add(headPut(entries.getFirst().before(), entries.getLast().head()));
        for (AuditEntry entry : entries) {
            puts.add(new Table.ConditionalPut(item(entry), "attribute_not_exists(part)", Map.of()));
            puts.add(new Table.ConditionalPut(indexRow(entry), "attribute_not_exists(part)", Map.of()));
        }
        return switch (table.putAllIf(puts)) {
            case Table.Transaction.Done _ -> new Append.Done();
            case Table.Transaction.Cancelled(var verdicts) -> refused(entries, verdicts);
            case Table.Transaction.NotTaken _ ->
                throw new StoreException("DynamoDB does not take an append of " + entries.size() + " audit entries");
        };
    }

    /** By the head first: it tells a transaction whose answer was lost, and a chain that has gone on. */
    private static Append refused(List<AuditEntry> entries, List<Table.Verdict> verdicts) {
        if (verdicts.getFirst() instanceof Table.Verdict.Refused(var current)) {
            boolean ours =
                    !current.isEmpty() && head(current).equals(entries.getLast().head());
            return ours ? new Append.Done() : new Append.Behind();
        }
        var there = new HashSet<String>();
        for (int i = 0; i < entries.size(); i++) {
            if (verdicts.get(2 + 2 * i) instanceof Table.Verdict.Refused) {
                there.add(entries.get(i).act().key());
            }
        }
        return there.isEmpty() ? new Append.Behind() : new Append.AlreadyThere(there);
    }

    @Override
    public Optional<IndexRow> find(AuditSubject subject, String key) {
        return table.find(key(part(subject), key)).map(AuditTable::indexRow);
    }

    @Override
    public List<AuditEntry> list(AuditSubject subject, String afterKey, int limit) {
        var places = new ArrayList<Map<String, AttributeValue>>();
        var from = afterKey.isEmpty() ? Map.<String, AttributeValue>of() : key(part(subject), afterKey);
        table.page(new Table.Page(PART, part(subject), from, limit), item -> {
            places.add(key(CHAIN, place(Attributes.number(item, NUMBER))));
        });
        var entries = new ArrayList<AuditEntry>();
        table.batchFind(places, true, item -> entries.add(entry(item)));
        entries.sort((a, b) -> a.act().key().compareTo(b.act().key()));
        return List.copyOf(entries);
    }

    @Override
    public void scan(Consumer<StoredEntry> each) {
        table.query(PART, CHAIN, item -> each.accept(stored(item)));
    }

    @Override
    public void scanIndex(Consumer<IndexRow> each) {
        table.scan(item -> {
            if (Attributes.text(item, PART).startsWith(INDEX)) {
                each.accept(indexRow(item));
            }
        });
    }

    private static Table.ConditionalPut headPut(AuditHead before, AuditHead after) {
        var item = new HashMap<>(key(HEAD, HEAD));
        item.put(NUMBER, Attributes.number(after.entries()));
        item.put(SHA256, Attributes.text(after.sha256()));
        return before.equals(AuditHead.EMPTY)
                ? new Table.ConditionalPut(item, "attribute_not_exists(part)", Map.of())
                : new Table.ConditionalPut(
                        item, "sha256 = :sha256", Map.of(":sha256", Attributes.text(before.sha256())));
    }

    private static AuditHead head(Map<String, AttributeValue> item) {
        return new AuditHead(Attributes.number(item, NUMBER), Attributes.text(item, SHA256));
    }

    private static Map<String, AttributeValue> indexRow(AuditEntry entry) {
        var item = new HashMap<>(key(part(entry.act().subject()), entry.act().key()));
        item.put(NUMBER, Attributes.number(entry.number()));
        return item;
    }

    private static IndexRow indexRow(Map<String, AttributeValue> item) {
        String subject = Attributes.text(item, PART).substring(INDEX.length()).replace('#', ' ');
        return new IndexRow(subject, Attributes.text(item, PLACE), entryNumber(item));
    }

    /** 0, which no entry has, where somebody has made it none: the check finds that row wrong. */
    private static long entryNumber(Map<String, AttributeValue> item) {
        try {
            return Attributes.number(item, NUMBER);
        } catch (StoreException | NumberFormatException e) {
            return 0;
        }
    }

    private static Map<String, AttributeValue> item(AuditEntry entry) {
        AuditAct act = entry.act();
        var item = new HashMap<>(key(CHAIN, place(entry.number())));
        item.put("v", Attributes.number(AuditEntry.FORM));
        item.put(PREVIOUS, Attributes.text(entry.previous()));
        item.put(SHA256, Attributes.text(entry.sha256()));
        item.put("id", Attributes.text(act.id()));
        item.put("at", Attributes.number(act.at().toEpochMilli()));
        item.put("who", Attributes.text(act.who()));
        item.put("action", Attributes.text(act.action().wireName()));
        item.put("kind", Attributes.text(act.subject().kind().wireName()));
        item.put("name", Attributes.text(act.subject().name()));
        item.put("revision", Attributes.number(act.revision()));
        item.put("before", Attributes.text(act.before()));
        item.put("after", Attributes.text(act.after()));
        item.put("detail", Attributes.text(act.detail()));
        return item;
    }

    private static StoredEntry stored(Map<String, AttributeValue> item) {
        try {
            return new StoredEntry.Legible(entry(item));
        } catch (StoreException | ArithmeticException | NumberFormatException e) {
            return new StoredEntry.Illegible(Attributes.text(item, PLACE), String.valueOf(e.getMessage()));
        }
    }

    private static AuditEntry entry(Map<String, AttributeValue> item) {
        long form = Attributes.number(item, "v");
        if (form != AuditEntry.FORM) {
            throw new StoreException("an audit entry must be of form " + AuditEntry.FORM + ", but was " + form);
        }
        var act = new AuditAct(
                Attributes.text(item, "id"),
                Instant.ofEpochMilli(Attributes.number(item, "at")),
                Attributes.text(item, "who"),
                action(Attributes.text(item, "action")),
                new AuditSubject(kind(Attributes.text(item, "kind")), Attributes.text(item, "name")),
                Math.toIntExact(Attributes.number(item, "revision")),
                Attributes.text(item, "before"),
                Attributes.text(item, "after"),
                Attributes.text(item, "detail"));
        return new AuditEntry(
                Long.parseLong(Attributes.text(item, PLACE)),
                Attributes.text(item, PREVIOUS),
                act,
                Attributes.text(item, SHA256));
    }

    private static AuditAction action(String text) {
        return AuditAction.ofWireName(text).orElseThrow(() -> new StoreException("there is no action " + text));
    }

    private static Kind kind(String text) {
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.wireName().equals(text))
                .findFirst()
                .orElseThrow(() -> new StoreException("there is no kind of subject " + text));
    }

    private static String part(AuditSubject subject) {
        return INDEX + subject.kind().wireName() + "#" + subject.name();
    }

    private static String place(long number) {
        return String.format(Locale.ROOT, "%012d", number);
    }

    private static Map<String, AttributeValue> key(String part, String place) {
        return Map.of(PART, Attributes.text(part), PLACE, Attributes.text(place));
    }
}
