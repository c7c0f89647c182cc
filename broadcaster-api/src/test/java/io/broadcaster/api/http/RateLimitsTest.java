package io.broadcaster.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.api.Client.Reply;
import io.broadcaster.api.Eventually;
import io.broadcaster.api.RunningApi;
import io.broadcaster.testkit.TestClock;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
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
    void failures_moreThanAllowed_areRefusedForThatPersonOnlyAndNeverAPressOrWhatStopsIt() {
        assertThat(ask("presser-1", "/campaigns/nothing").status()).isEqualTo(404);
        assertThat(ask("presser-1", "/campaigns/nothing").status()).isEqualTo(404);
        Eventually.eventually(() ->
                assertThat(ask("presser-1", "/campaigns/nothing").status()).isEqualTo(429));

        Reply refused = ask("presser-1", "/campaigns");
        Problems.assertProblem(refused, 429, "too-many");
        assertThat(Integer.parseInt(refused.header("retry-after"))).isBetween(1, 30);
        assertThat(ask("presser-2", "/campaigns/nothing").status()).isEqualTo(404);
        for (String act : List.of("go", "abort", "disarm")) {
            assertThat(api.postAs("presser-1", "/campaigns/advert/" + act).status())
                    .as(act)
                    .isEqualTo(409);
        }
    }

    @Test
    void failures_ofPressesAndOfWhatStopsThem_countForNothing() {
        for (String act : List.of("go", "go", "abort", "abort", "disarm", "disarm")) {
            assertThat(api.postAs("presser-4", "/campaigns/advert/" + act).status())
                    .as(act)
                    .isEqualTo(409);
        }

        assertThat(ask("presser-4", "/campaigns").status()).isEqualTo(200);
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
        Reply press = api.send(api.to("/campaigns/advert/go")
                .setHeader("Authorization", "Bearer nonsense")
                .POST(BodyPublishers.noBody()));
        Problems.assertProblem(press, 401, "invalid-token");
        Reply toSignIn =
                api.send(HttpRequest.newBuilder(api.uri().resolve("/session")).GET());
        Problems.assertProblem(toSignIn, 401, "no-principal");
    }

    @Test
    void costlyActs_moreThanAllowed_areRefusedOthersAreNot() {
        assertThat(api.postAs("presser-3", "/campaigns/advert/load").status()).isNotEqualTo(429);

        Problems.assertProblem(api.postAs("presser-3", "/campaigns/advert/load"), 429, "too-many");
        assertThat(api.postAs("presser-3", "/campaigns/advert/approve").status())
                .isNotEqualTo(429);
    }

    private static Reply ask(String user, String path) {
        return api.send(api.client.as(user, path).GET());
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
