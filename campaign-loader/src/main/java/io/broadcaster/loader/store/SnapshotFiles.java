package io.broadcaster.loader.store;

import io.broadcaster.audience.ObjectStore;
import io.broadcaster.audience.SnapshotKeys;
import io.broadcaster.campaign.Campaign;
import io.broadcaster.campaign.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;

/** What a load leaves in the store beside the snapshot, and its removal. */
public final class SnapshotFiles {
    private SnapshotFiles() {}

    /** Where the segments of one request to load lie: another request starts afresh. */
    public static String work(Campaign campaign, Instant requestedAt) {
        return SnapshotKeys.work(campaign.id(), campaign.revision()) + requestedAt.toEpochMilli() + "/";
    }

    /** Removes the work of every request. */
    public static void deleteWork(ObjectStore objects, Campaign campaign) {
        objects.deleteAll(SnapshotKeys.work(campaign.id(), campaign.revision()));
    }

    /** Removes the work and the columns of loads that never sealed a manifest; the reject file stays. */
    public static void deleteUnsealed(ObjectStore objects, Campaign campaign) {
        deleteWork(objects, campaign);
        for (Platform platform : Platform.values()) {
            objects.deleteAll(SnapshotKeys.tokens(campaign.id(), campaign.revision(), platform));
            objects.deleteAll(SnapshotKeys.details(campaign.id(), campaign.revision(), platform));
        }
    }

    static byte[] read(ObjectStore objects, String key) {
        try (InputStream in = objects.open(key)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new ObjectStore.ObjectStoreException("cannot read " + key, e);
        }
    }
}
