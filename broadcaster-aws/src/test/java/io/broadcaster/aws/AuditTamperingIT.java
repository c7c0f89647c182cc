package io.broadcaster.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.audit.AuditAct;
import io.broadcaster.audit.AuditAction;
import io.broadcaster.audit.AuditCheck;
import io.broadcaster.audit.AuditCheck.Verdict;
import io.broadcaster.audit.AuditEntry;
import io.broadcaster.audit.AuditHead;
import io.broadcaster.audit.AuditStore;
import io.broadcaster.audit.AuditSubject;
import io.broadcaster.config.Settings;
import io.broadcaster.testkit.Fixtures;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Whoever may write to the table does his worst to a chain of nine entries; the check says where it starts. */
final class AuditTamperingIT {
    private static final AuditSubject SUBJECT = AuditSubject.of(Fixtures.CAMPAIGN);
    private static final String INDEX_PART = "of#campaign#" + Fixtures.CAMPAIGN;

    private final Settings settings = SharedCloud.freshDeployment(Map.of());
    private final CloudConfig config = CloudConfig.from(settings);
    private final AwsCloud cloud = AwsCloud.connect(config);
    private final SdkClients clients = SdkClients.over(config, InstantSource.system());
    private final DynamoDbClient dynamo = clients.dynamo();
    private final AuditStore store = cloud.audit();
    private final AuditHead noted;

    AuditTamperingIT() {
        cloud.provisioner().provisionStores();
        List<AuditAct> acts =
                IntStream.rangeClosed(1, 9).mapToObj(AuditTamperingIT::act).toList();
        store.append(AuditEntry.after(store.head(), acts));
        noted = store.head();
    }

    @AfterEach
    void close() {
        clients.close();
        cloud.close();
    }

    @Test
    void check_untouched_isIntactAndHasTheHead() {
        assertThat(check(Optional.of(noted))).isEqualTo(new Verdict.Intact(noted));
    }

    @Test
    void check_entriesAddedSinceTheHeadWasNoted_isIntact() {
        store.append(AuditEntry.after(noted, List.of(act(10))));

        assertThat(check(Optional.of(noted))).isEqualTo(new Verdict.Intact(store.head()));
    }

    @Test
    void check_anEntryEdited_namesIt() {
        change("chain", place(4), item -> with(item, "who", "nobody"));

        assertThat(sentence()).startsWith("entry 4 is not what was written");
    }

    @Test
    void check_anEntryEditedAndHashedAnew_namesTheNext() {
        change("chain", place(4), item -> {
            var previous = new AuditHead(3, item.get("previous").s());
            AuditEntry anew = AuditEntry.after(previous, otherwise(act(4)));
            return with(with(item, "who", "nobody"), "sha256", anew.sha256());
        });

        assertThat(sentence()).startsWith("entry 5 does not follow entry 4");
    }

    @Test
    void check_anEntryDeleted_namesIt() {
        delete("chain", place(6));

        assertThat(sentence()).startsWith("entry 6 is missing");
    }

    @Test
    void check_theNewestDeleted_namesTheFirstThatIsMissing() {
        delete("chain", place(9));
        delete("chain", place(8));

        assertThat(sentence()).startsWith("entry 8 is missing");
    }

    @Test
    void check_theNewestDeletedWithTheirIndexAndTheHead_isFoundByTheHeadThatWasNoted() {
        delete("chain", place(9));
        delete(INDEX_PART, act(9).key());
        change(
                "head",
                "head",
                item -> with(
                        with(item, "entryNumber", AttributeValue.fromN("8")),
                        "sha256",
                        item("chain", place(8)).get("sha256")));

        assertThat(check(Optional.empty()))
                .as("nothing inside the table tells it")
                .isInstanceOf(Verdict.Intact.class);
        assertThat(sentence()).startsWith("entry 9 is missing: the head that was noted is 9");
    }

    @Test
    void check_twoEntriesSwapped_namesTheFirst() {
        var third = item("chain", place(3));
        var seventh = item("chain", place(7));
        put(with(seventh, "place", place(3)));
        put(with(third, "place", place(7)));

        assertThat(sentence()).startsWith("entry 3 is not what was written");
    }

    @Test
    void check_anEntryPutBehindTheHead_namesIt() {
        AuditEntry forged = AuditEntry.after(noted, otherwise(act(10)));
        put(with(
                with(
                        with(with(item("chain", place(9)), "place", place(10)), "who", "nobody"),
                        "previous",
                        noted.sha256()),
                "sha256",
                forged.sha256()));

        assertThat(sentence()).startsWith("entry 10 ");
    }

    @Test
    void check_anEntryPutBetween_namesIt() {
        put(with(item("chain", place(5)), "place", place(5) + "1"));

        assertThat(sentence()).startsWith("entry 6 is missing");
    }

    @Test
    void check_anActWrittenTwiceIntoARewrittenChain_namesTheSecond() {
        AuditEntry again = AuditEntry.after(noted, act(2));
        put(with(
                with(with(item("chain", place(2)), "place", place(10)), "previous", noted.sha256()),
                "sha256",
                again.sha256()));

        assertThat(sentence()).startsWith("entry 10 stands a second time");
    }

    @Test
    void check_theChainRewrittenWithAllItsHashes_isFoundByTheHeadThatWasNoted() {
        var rewritten = AuditEntry.after(
                AuditHead.EMPTY,
                IntStream.rangeClosed(1, 9)
                        .mapToObj(i -> i == 4 ? otherwise(act(i)) : act(i))
                        .toList());
        for (AuditEntry entry : rewritten) {
            change(
                    "chain",
                    place((int) entry.number()),
                    item -> with(
                            with(with(item, "who", entry.act().who()), "previous", entry.previous()),
                            "sha256",
                            entry.sha256()));
        }
        change("head", "head", item -> with(item, "sha256", rewritten.getLast().sha256()));

        assertThat(check(Optional.empty()))
                .as("nothing inside the table tells it")
                .isInstanceOf(Verdict.Intact.class);
        assertThat(sentence()).startsWith("entry 9 is another than the head that was noted");
    }

    @Test
    void check_aRowOfTheIndexDeleted_namesItsEntry() {
        delete(INDEX_PART, act(5).key());

        assertThat(sentence()).startsWith("entry 5 is not in the index");
    }

    @Test
    void check_aRowPutIntoTheIndex_isFound() {
        put(with(item(INDEX_PART, act(5).key()), "place", "0000000000000-press-forged"));

        assertThat(sentence()).startsWith("the index has 10 rows for 9 entries");
    }

    @Test
    void check_somethingThatIsNoEntry_namesItsPlace() {
        change("chain", place(2), item -> with(item, "action", "dance"));

        assertThat(sentence()).contains("place 000000000002").contains("there is no action dance");
    }

    @Test
    void check_aNumberThatIsNone_isFoundWhereverItStands() {
        var entry = item("chain", place(2));
        change("chain", place(2), item -> with(item, "revision", AttributeValue.fromN("99999999999")));
        assertThat(sentence()).contains("place 000000000002").contains("is no entry");
        put(entry);

        change(INDEX_PART, act(5).key(), item -> with(item, "entryNumber", AttributeValue.fromN("5.5")));
        assertThat(sentence()).startsWith("entry 5 stands a second time");
    }

    private Verdict check(Optional<AuditHead> expected) {
        return new AuditCheck(store, expected).run();
    }

    private String sentence() {
        return ((Verdict.Broken) check(Optional.of(noted))).sentence();
    }

    private static AuditAct act(int number) {
        return new AuditAct(
                "act-" + number,
                Fixtures.NOW.plusSeconds(number),
                Fixtures.AUTHOR,
                AuditAction.EDIT,
                SUBJECT,
                number,
                "",
                "",
                "");
    }

    private static AuditAct otherwise(AuditAct act) {
        return new AuditAct(
                act.id(),
                act.at(),
                "nobody",
                act.action(),
                act.subject(),
                act.revision(),
                act.before(),
                act.after(),
                act.detail());
    }

    private static String place(int number) {
        return String.format("%012d", number);
    }

    private static Map<String, AttributeValue> with(Map<String, AttributeValue> item, String name, String value) {
        return with(item, name, AttributeValue.fromS(value));
    }

    private static Map<String, AttributeValue> with(
            Map<String, AttributeValue> item, String name, AttributeValue value) {
        var changed = new HashMap<>(item);
        changed.put(name, value);
        return changed;
    }

    private void change(String part, String place, UnaryOperator<Map<String, AttributeValue>> change) {
        put(change.apply(item(part, place)));
    }

    private void put(Map<String, AttributeValue> item) {
        dynamo.putItem(request -> request.tableName(table()).item(item));
    }

    private void delete(String part, String place) {
        dynamo.deleteItem(request -> request.tableName(table()).key(key(part, place)));
    }

    private Map<String, AttributeValue> item(String part, String place) {
        return dynamo.getItem(request -> request.tableName(table()).key(key(part, place)))
                .item();
    }

    private String table() {
        return config.prefix() + "-audit";
    }

    private static Map<String, AttributeValue> key(String part, String place) {
        return Map.of("part", AttributeValue.fromS(part), "place", AttributeValue.fromS(place));
    }
}
