package io.broadcaster.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.api.Client.Reply;
import io.broadcaster.api.Eventually;
import io.broadcaster.api.RunningApi;
import io.broadcaster.testkit.TestClock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two failures and one costly act per minute. */
@Timeout(60)
class RateLimitsTest {
    private static RunningApi api;

    @BeforeAll
    static void start() {
        api = RunningApi.start(Map.of("api.failures-per-minute", "2", "api.costly-acts-per-minute", "1"));
        api.post("/campaigns", Bodies.campaign("advert"));
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void failures_moreThanAllowed_areRefusedForThatPersonOnlyAndNeverThePress() {
        assertThat(api.postAs("presser-1", "/campaigns/nothing/abort").status()).isEqualTo(404);
        assertThat(api.postAs("presser-1", "/campaigns/nothing/abort").status()).isEqualTo(404);
        Eventually.eventually(() -> assertThat(
                        api.postAs("presser-1", "/campaigns/nothing/disarm").status())
                .isEqualTo(429));

        Reply refused = api.postAs("presser-1", "/campaigns/advert/disarm");
        Problems.assertProblem(refused, 429, "too-many");
        assertThat(Integer.parseInt(refused.header("retry-after"))).isBetween(1, 30);
        assertThat(api.postAs("presser-2", "/campaigns/nothing/abort").status()).isEqualTo(404);
        for (int i = 0; i < 5; i++) {
            assertThat(api.postAs("presser-1", "/campaigns/advert/go").status()).isEqualTo(409);
        }
    }

    @Test
    void strangers_moreThanAllowed_areToldToWaitAndHoldUpNobodyElse() {
        for (int i = 0; i < 2; i++) {
            assertThat(api.send(api.to("/campaigns")
                                    .setHeader("Authorization", "Bearer nonsense")
                                    .GET())
                            .status())
                    .isEqualTo(401);
        }

        Reply refused = api.send(api.to("/campaigns")
                .setHeader("Authorization", "Bearer nonsense")
                .GET());

        Problems.assertProblem(refused, 429, "too-many");
        assertThat(api.get("/campaigns").status()).isEqualTo(200);
    }

    @Test
    void costlyActs_moreThanAllowed_areRefusedOthersAreNot() {
        assertThat(api.postAs("presser-3", "/campaigns/advert/load").status()).isNotEqualTo(429);

        Problems.assertProblem(api.postAs("presser-3", "/campaigns/advert/load"), 429, "too-many");
        assertThat(api.postAs("presser-3", "/campaigns/advert/approve").status())
                .isNotEqualTo(429);
    }

    @Test
    void allowance_spentAndTimePasses_refillsEvenly() {
        var clock = TestClock.atFixtures();
        var allowance = new Allowance(60, 100, clock);
        for (int i = 0; i < 60; i++) {
            assertThat(allowance.take("ada")).isZero();
        }
        assertThat(allowance.take("ada")).isEqualTo(Duration.ofSeconds(1));
        assertThat(allowance.untilOne("ada")).isEqualTo(Duration.ofSeconds(1));
        assertThat(allowance.untilOne("bob")).isZero();

        clock.advance(Duration.ofSeconds(2));

        assertThat(allowance.take("ada")).isZero();
        assertThat(allowance.take("ada")).isZero();
        assertThat(allowance.take("ada")).isPositive();
        assertThat(allowance.keys()).isEqualTo(1);
    }
}
