package io.broadcaster.loadtest.snapshot;

import io.broadcaster.audience.BatchSizing;
import io.broadcaster.audience.Device;
import io.broadcaster.audience.Manifest;
import io.broadcaster.audience.ObjectStore;
import io.broadcaster.campaign.Campaign;
import io.broadcaster.campaign.LoadCounts;
import io.broadcaster.campaign.Platform;
import io.broadcaster.loadtest.audience.SyntheticAudience;
import io.broadcaster.loadtest.audience.SyntheticAudience.UserDevices;
import io.broadcaster.snapshot.ColumnWriter;
import io.broadcaster.snapshot.payload.Variants;
import java.util.Iterator;
import java.util.List;

/**
 * The columns of a synthetic audience as the loader would have written them, without the device store: for sizes that no
 * local DynamoDB holds in reasonable time. Constant memory; a thread per platform writes while the caller's
 * makes devices.
 */
public final class SyntheticColumns {
    private SyntheticColumns() {}

    /** Both columns, and what a load would have counted. */
    public record Written(List<Manifest.Column> columns, LoadCounts counts) {
        public Written {
            columns = List.copyOf(columns);
        }

        /** Bytes of all files in the store. */
        public long bytes() {
            return columns.stream()
                    .mapToLong(c -> c.tokens().bytes() + c.details().bytes())
                    .sum();
        }
    }

    /** Writes both columns of the campaign's revision. */
    public static Written write(ObjectStore objects, Campaign campaign, SyntheticAudience audience)
            throws InterruptedException {
        var variants = Variants.render(campaign.spec(), campaign.launchId());
        long users = 0;
        long devices = 0;
        try (ColumnThread ios = open(objects, campaign, Platform.IOS, audience);
                ColumnThread android = open(objects, campaign, Platform.ANDROID, audience)) {
            Iterator<UserDevices> all = audience.users().iterator();
            while (all.hasNext()) {
                UserDevices user = all.next();
                users++;
                for (Device device : user.devices()) {
                    devices++;
                    ColumnThread column = switch (device.platform()) {
                        case IOS -> ios;
                        case ANDROID -> android;
                    };
                    column.append(variants.choose(device.platform(), device.locale()), user.user(), device);
                }
            }
            return new Written(List.of(ios.seal(), android.seal()), new LoadCounts(users, users, 0, 0, devices, 0));
        }
    }

    private static ColumnThread open(
            ObjectStore objects, Campaign campaign, Platform platform, SyntheticAudience audience) {
        int batchSize = BatchSizing.devicesPerBatch(
                platform, audience.devices(Platform.IOS), audience.devices(Platform.ANDROID));
        return new ColumnThread(ColumnWriter.open(objects, campaign.id(), campaign.revision(), platform, batchSize));
    }
}
