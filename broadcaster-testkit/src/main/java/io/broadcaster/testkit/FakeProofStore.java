package io.broadcaster.testkit;

import io.broadcaster.campaign.CampaignId;
import io.broadcaster.delivery.Proof;
import io.broadcaster.delivery.ProofStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Proofs in memory. Safe for any thread. */
public final class FakeProofStore implements ProofStore {
    private final Map<Key, Proof> proofs = new ConcurrentHashMap<>();

    private record Key(CampaignId campaign, String proof) {}

    @Override
    public void put(Proof proof) {
        proofs.put(new Key(proof.campaign(), proof.id()), proof);
    }

    @Override
    public Optional<Proof> find(CampaignId campaign, String proofId) {
        return Optional.ofNullable(proofs.get(new Key(campaign, proofId)));
    }

    @Override
    public List<Proof> list(CampaignId campaign) {
        return proofs.values().stream()
                .filter(proof -> proof.campaign().equals(campaign))
                .toList();
    }
}
