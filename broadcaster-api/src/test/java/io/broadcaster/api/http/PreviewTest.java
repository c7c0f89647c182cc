package io.broadcaster.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.api.Client.Reply;
import io.broadcaster.api.RunningApi;
import io.broadcaster.campaign.StateName;
import java.util.EnumSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

final class PreviewTest {
    private static final RunningApi api = RunningApi.start();

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void preview_ofGoodSpec_measuresEachPayloadAndFindsNothing() {
        Reply reply = api.post("/previews", Bodies.spec());

        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.json().path("payloads")).hasSize(4).allSatisfy(payload -> {
            assertThat(payload.path("bytes").asInt()).isBetween(60, 400);
            assertThat(payload.path("bytesMax").asInt()).isEqualTo(4_096);
        });
        assertThat(reply.json().path("leaks")).isEmpty();
        assertThat(api.campaigns.inStates(EnumSet.allOf(StateName.class)))
                .as("nothing is stored")
                .isEmpty();
    }

    @Test
    void preview_ofTooLongText_saysHowLong() {
        Reply reply = api.post("/previews", Bodies.spec().replace("Open the app now", "x".repeat(4_090)));

        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.json().at("/payloads/0/bytes").asInt()).isGreaterThan(4_096);
        assertThat(reply.json().at("/payloads/2/bytes").asInt()).isLessThan(4_096);
    }

    @Test
    void preview_ofLeakyText_namesFieldKindAndText() {
        Reply reply = api.post("/previews", Bodies.spec().replace("Open the app now", "Hello {{first_name}}"));

        assertThat(reply.json().at("/leaks/0/field").asText()).isEqualTo("contents[0].body");
        assertThat(reply.json().at("/leaks/0/kind").asText()).isEqualTo("placeholder");
        assertThat(reply.json().at("/leaks/0/text").asText()).isEqualTo("{{first_name}}");
    }

    @Test
    void preview_ofBrokenSpec_isRefusedByField() {
        Problems.assertField(api.post("/previews", Bodies.spec().replace("\"PT1H\"", "\"soon\"")), "expiry");
    }
}
