package io.broadcaster.testkit;

import io.broadcaster.audience.LoadProgress;
import io.broadcaster.audience.LoadProgressStore;
import io.broadcaster.campaign.CampaignId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Progress of loads in memory. Safe for any thread. */
public final class FakeLoadProgressStore implements LoadProgressStore {
    private final Map<Key, LoadProgress> loads = new ConcurrentHashMap<>();

    private record Key(CampaignId campaign, int revision) {}

    @Override
    public void put(LoadProgress progress) {
        loads.put(new Key(progress.campaign(), progress.revision()), progress);
    }

    @Override
    public Optional<LoadProgress> find(CampaignId campaign, int revision) {
        return Optional.ofNullable(loads.get(new Key(campaign, revision)));
    }
}
