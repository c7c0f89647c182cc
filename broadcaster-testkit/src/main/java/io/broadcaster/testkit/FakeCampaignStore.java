package io.broadcaster.testkit;

import io.broadcaster.campaign.Campaign;
import io.broadcaster.campaign.CampaignId;
import io.broadcaster.campaign.CampaignStore;
import io.broadcaster.campaign.CampaignStore.WriteResult.Conflict;
import io.broadcaster.campaign.CampaignStore.WriteResult.Missing;
import io.broadcaster.campaign.CampaignStore.WriteResult.Written;
import io.broadcaster.campaign.StateName;
import io.broadcaster.campaign.StoreException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/** Campaigns in memory, under the same optimistic lock as the real store; its index does not lag. Safe for any thread. */
public final class FakeCampaignStore implements CampaignStore {
    private final Map<CampaignId, Campaign> campaigns = new HashMap<>();
    private final Faults<Call> faults = new Faults<>(Call.class);
    private final AtomicReference<Runnable> overtaking = new AtomicReference<>(() -> {});

    /** The kinds of call that can be made to fail. */
    public enum Call {
        FIND,
        WRITE,
        LIST
    }

    /** The next {@code times} calls fail before any effect. */
    public void failCalls(Call call, int times) {
        faults.fail(call, times);
    }

    /** The next {@code times} calls have their effect and then fail. */
    public void loseAnswers(Call call, int times) {
        faults.loseAnswers(call, times);
    }

    /** Somebody else does this between the next write's caller's last look and that write. */
    public void beforeNextWrite(Runnable other) {
        overtaking.set(other);
    }

    @Override
    public Optional<Campaign> find(CampaignId id) {
        return faults.around(Call.FIND, FakeCampaignStore::failure, () -> current(id));
    }

    @Override
    public WriteResult create(Campaign campaign) {
        return faults.around(Call.WRITE, FakeCampaignStore::failure, () -> createNow(campaign));
    }

    @Override
    public WriteResult replace(Campaign campaign) {
        overtaking.getAndSet(() -> {}).run();
        return faults.around(Call.WRITE, FakeCampaignStore::failure, () -> replaceNow(campaign));
    }

    @Override
    public WriteResult delete(Campaign campaign) {
        return faults.around(Call.WRITE, FakeCampaignStore::failure, () -> deleteNow(campaign));
    }

    @Override
    public List<Campaign> inStates(Set<StateName> states) {
        return faults.around(Call.LIST, FakeCampaignStore::failure, () -> inStatesNow(states));
    }

    private synchronized Optional<Campaign> current(CampaignId id) {
        return Optional.ofNullable(campaigns.get(id));
    }

    private synchronized WriteResult createNow(Campaign campaign) {
        Campaign current = campaigns.get(campaign.id());
        if (current != null) {
            return new Conflict(current);
        }
        return new Written(store(campaign.atVersion(1)));
    }

    private synchronized WriteResult replaceNow(Campaign campaign) {
        Campaign current = campaigns.get(campaign.id());
        if (current == null) {
            return new Missing();
        }
        if (current.version() != campaign.version()) {
            return new Conflict(current);
        }
        return new Written(store(campaign.atVersion(campaign.version() + 1)));
    }

    private synchronized WriteResult deleteNow(Campaign campaign) {
        Campaign current = campaigns.get(campaign.id());
        if (current == null) {
            return new Missing();
        }
        if (current.version() != campaign.version()) {
            return new Conflict(current);
        }
        campaigns.remove(campaign.id());
        return new Written(current);
    }

    private synchronized List<Campaign> inStatesNow(Set<StateName> states) {
        return campaigns.values().stream()
                .filter(campaign -> states.contains(campaign.state().name()))
                .toList();
    }

    private Campaign store(Campaign campaign) {
        campaigns.put(campaign.id(), campaign);
        return campaign;
    }

    private static StoreException failure() {
        return new StoreException("planned fault of the campaign store");
    }
}
