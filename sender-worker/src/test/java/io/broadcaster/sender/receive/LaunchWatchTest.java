package io.broadcaster.sender.receive;

import io.broadcaster.campaign.Campaign;
import io.broadcaster.campaign.CampaignId;
import io.broadcaster.campaign.CampaignStore;
import io.broadcaster.campaign.DeliveryPolicy;
import io.broadcaster.campaign.StateName;
import io.broadcaster.task.LaunchFacts;
import io.broadcaster.testkit.Await;
import io.broadcaster.testkit.FakeCampaignStore;
import io.broadcaster.testkit.Fixtures;
import io.broadcaster.testkit.ForwardingCampaignStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class LaunchWatchTest {
    private static final CampaignId SLOW = new CampaignId("slow");

    private final FakeCampaignStore campaigns = new FakeCampaignStore();

    @Test
    void enter_aReadOfAnotherLaunchIsSlow_abortIsNoticedAllTheSame() {
        var answer = new CountDownLatch(1);
        var asked = new CountDownLatch(1);
        try (var watch =
                new LaunchWatch(slow(asked, answer), Duration.ofMillis(1), InstantSource.fixed(Fixtures.NOW))) {
            watch.enter(launched(SLOW));
            Await.until("the slow one is read", () -> asked.getCount() == 0);
            LaunchInWork other = watch.enter(launched(Fixtures.CAMPAIGN));

            campaigns.create(Fixtures.campaign(StateName.ABORTED));

            Await.until("the abort is noticed", other::aborted);
            answer.countDown();
        }
    }

    private static LaunchFacts launched(CampaignId id) {
        return new LaunchFacts(
                Fixtures.launch(id).id(), id, 1, 0, DeliveryPolicy.AT_LEAST_ONCE, Fixtures.NOW, Fixtures.NOW);
    }

    /** Answers about {@link #SLOW} only when it may. */
    private CampaignStore slow(CountDownLatch asked, CountDownLatch answer) {
        return new ForwardingCampaignStore(campaigns) {
            @Override
            public Optional<Campaign> find(CampaignId id) {
                if (id.equals(SLOW)) {
                    asked.countDown();
                    try {
                        answer.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }
                return super.find(id);
            }
        };
    }
}
