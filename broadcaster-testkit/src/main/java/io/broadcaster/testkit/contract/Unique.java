package io.broadcaster.testkit.contract;

import io.broadcaster.campaign.CampaignId;
import io.broadcaster.campaign.LaunchId;
import java.util.concurrent.atomic.AtomicInteger;

/** Names that no other test of this JVM uses, so that contracts can share one store. */
final class Unique {
    private static final AtomicInteger NEXT = new AtomicInteger();

    private Unique() {}

    static String name(String stem) {
        return stem + "-" + NEXT.incrementAndGet();
    }

    static CampaignId campaign() {
        return new CampaignId(name("campaign"));
    }

    static LaunchId launch() {
        return LaunchId.of(campaign(), 1);
    }
}
