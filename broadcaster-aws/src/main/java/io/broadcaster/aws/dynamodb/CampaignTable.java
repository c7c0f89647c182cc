package io.broadcaster.aws.dynamodb;

import io.broadcaster.campaign.Campaign;
import io.broadcaster.campaign.CampaignId;
import io.broadcaster.campaign.CampaignStore;
import io.broadcaster.campaign.CampaignStore.WriteResult.Conflict;
import io.broadcaster.campaign.CampaignStore.WriteResult.Missing;
import io.broadcaster.campaign.CampaignStore.WriteResult.Written;
import io.broadcaster.campaign.StateName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Campaigns: key {@code id}, attributes {@code version} (the lock), {@code revision}, {@code state} (index {@link
 * #STATE_INDEX}), {@code document}. Every write bears a fresh {@code write} id, by which a repeat of it after a lost answer
 * recognises itself. Kept for ever.
 */
final class CampaignTable implements CampaignStore {
    static final String ID = "id";
    static final String STATE = "state";
    static final String STATE_INDEX = "state-index";

    /** Keys per BatchGetItem. */
    private static final int BATCH_MAX = 100;

    private static final String VERSION = "version";
    private static final String WRITE = "write";

    private final Table table;
    private final Supplier<String> writeIds;

    CampaignTable(Table table, Supplier<String> writeIds) {
        this.table = table;
        this.writeIds = writeIds;
    }

    @Override
    public Optional<Campaign> find(CampaignId id) {
        return table.find(key(id)).map(CampaignTable::read);
    }

    @Override
    public WriteResult create(Campaign campaign) {
        return write(campaign.atVersion(1), "attribute_not_exists(id)", Map.of());
    }

    @Override
    public WriteResult replace(Campaign campaign) {
        return write(campaign.atVersion(campaign.version() + 1), "version = :version", versionOf(campaign));
    }

    @Override
    public WriteResult delete(Campaign campaign) {
        return switch (table.deleteIf(key(campaign.id()), "version = :version", versionOf(campaign))) {
            case Table.Answer.Done(var before) -> new Written(read(before));
            case Table.Answer.Refused(var current) -> current.isEmpty() ? new Missing() : new Conflict(read(current));
        };
    }

    @Override
    public List<Campaign> inStates(Set<StateName> states) {
        var keys = new LinkedHashSet<Map<String, AttributeValue>>();
        for (StateName state : states) {
            table.queryIndex(
                    STATE_INDEX, STATE, state.name(), item -> keys.add(Map.of(ID, Attributes.require(item, ID))));
        }
        var found = new ArrayList<Campaign>();
        var all = List.copyOf(keys);
        for (int from = 0; from < all.size(); from += BATCH_MAX) {
            var batch = all.subList(from, Math.min(from + BATCH_MAX, all.size()));
            table.batchFind(batch, true, item -> found.add(read(item)));
        }
        found.removeIf(campaign -> !states.contains(campaign.state().name()));
        return List.copyOf(found);
    }

    private WriteResult write(Campaign next, String condition, Map<String, AttributeValue> values) {
        String writeId = writeIds.get();
        return switch (table.putIf(new Table.ConditionalPut(item(next, writeId), condition, values))) {
            case Table.Answer.Done _ -> new Written(next);
            case Table.Answer.Refused(var current) when current.isEmpty() -> new Missing();
            case Table.Answer.Refused(var current) ->
                Attributes.text(current, WRITE).equals(writeId) ? new Written(next) : new Conflict(read(current));
        };
    }

    private static Map<String, AttributeValue> item(Campaign campaign, String writeId) {
        var item = new HashMap<>(key(campaign.id()));
        item.put(VERSION, Attributes.number(campaign.version()));
        item.put("revision", Attributes.number(campaign.revision()));
        item.put(STATE, Attributes.text(campaign.state().name().name()));
        item.put(WRITE, Attributes.text(writeId));
        item.put("document", Attributes.text(CampaignDocument.write(campaign)));
        return item;
    }

    private static Campaign read(Map<String, AttributeValue> item) {
        return CampaignDocument.read(Attributes.text(item, "document")).atVersion(Attributes.number(item, VERSION));
    }

    private static Map<String, AttributeValue> key(CampaignId id) {
        return Map.of(ID, Attributes.text(id.value()));
    }

    private static Map<String, AttributeValue> versionOf(Campaign campaign) {
        return Map.of(":version", Attributes.number(campaign.version()));
    }
}
