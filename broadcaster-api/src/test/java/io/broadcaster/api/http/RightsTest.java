package io.broadcaster.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.HttpMethod;
import io.broadcaster.api.Client.Reply;
import io.broadcaster.api.RunningApi;
import io.broadcaster.api.identity.Act;
import io.broadcaster.api.identity.Right;
import io.broadcaster.api.identity.Rights;
import io.broadcaster.api.identity.Role;
import io.broadcaster.campaign.PushKind;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every cell of the table of rights, through HTTP and in the documents. */
final class RightsTest {
    private static final RunningApi api = RunningApi.start();
    private static final Map<Role, String> NAMES = Map.of(
            Role.MARKETER, "alice",
            Role.APPROVER, "bob",
            Role.ENGINEER, "erin",
            Role.OPS, "olga",
            Role.AUDITOR, "audrey");

    @BeforeAll
    static void oneCampaignOfEachKind() {
        api.post("/campaigns", Bodies.campaign("live"));
        api.post("/campaigns", ofKind("rehearsal", PushKind.SILENT));
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void everyRouteAndRole_onALiveAndOnASilentCampaign_isAsTheTableSays() {
        var wrong = new ArrayList<String>();
        List<Route> routes = api.routes().stream().filter(Route::needsCaller).toList();
        for (Route route : routes) {
            for (Role role : Role.values()) {
                for (String campaign : List.of("live", "rehearsal")) {
                    Right right = Rights.of(route.act(), role);
                    boolean allowed = right == Right.YES
                            || (right == Right.SILENT
                                    && (campaign.equals("rehearsal")
                                            || !route.path().contains("{id}")));
                    check(route, role, campaign, allowed).ifPresent(wrong::add);
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(routes).hasSizeGreaterThan(20);
    }

    private static Optional<String> check(Route route, Role role, String campaign, boolean allowed) {
        Reply reply = ask(route, role, campaign);
        boolean admitted = reply.status() != 403 && reply.status() != 401;
        boolean says = admitted
                || (reply.header("content-type").equals("application/problem+json")
                        && reply.json()
                                .path("roles")
                                .asText()
                                .equals(Rights.holders(route.act(), least(route, role)).stream()
                                        .map(Role::wireName)
                                        .collect(Collectors.joining(", "))));
        return admitted == allowed && says
                ? Optional.empty()
                : Optional.of(role + " " + route.method() + " " + route.path() + " of " + campaign + ": "
                        + reply.status() + " " + reply.body());
    }

    private static Right least(Route route, Role role) {
        return Rights.of(route.act(), role) == Right.SILENT ? Right.YES : Right.SILENT;
    }

    /** Bodies are such that nothing is done where one is let in: what comes then is 400, 404, 409 or 428. */
    private static Reply ask(Route route, Role role, String campaign) {
        String path = route.path().replace("{id}", campaign).replace("{name}", "none");
        var request = api.client.as(NAMES.getOrDefault(role, ""), path);
        boolean stream = route.body() == Route.Body.ENDLESS_ANSWER;
        if (stream) {
            request = api.client.as(
                    NAMES.getOrDefault(role, ""),
                    path.replace("live", "no-live").replace("rehearsal", "no-rehearsal"));
        }
        boolean reads = route.method() == HttpMethod.GET;
        var body = route.body() == Route.Body.JSON && !reads
                ? BodyPublishers.ofString("{\"nothing\":true}")
                : BodyPublishers.noBody();
        return api.send(request.header("Content-Type", "application/json")
                .method(route.method().name(), body));
    }

    @Test
    void engineer_writesSilentCampaignsOnly() {
        Problems.assertProblem(asErin("POST", "/campaigns", Bodies.campaign("erins-live")), 403, "forbidden");
        Reply silent = asErin("POST", "/campaigns", ofKind("erins", PushKind.SILENT));
        assertThat(silent.status()).as(silent.body()).isEqualTo(201);
        Problems.assertProblem(asErin("PUT", "/campaigns/erins", Bodies.spec()), 403, "forbidden");
        assertThat(api.stored("erins").spec().kind()).isEqualTo(PushKind.SILENT);
    }

    @Test
    void engineer_ofADeletedCampaign_readsNoTrail() {
        api.post("/campaigns", Bodies.campaign("gone"));
        api.send(api.to("/campaigns/gone").header("If-Match", "*").DELETE());

        Problems.assertProblem(
                api.send(api.client.as("erin", "/campaigns/gone/audit").GET()), 403, "forbidden");
        assertThat(api.send(api.client.as("audrey", "/campaigns/gone/audit").GET())
                        .status())
                .isEqualTo(200);
    }

    @Test
    void somebodyWithoutARole_seesWhoHeIsAndNothingElse() {
        Reply session = api.send(api.client.as("nobody", "/session").GET());
        assertThat(session.json().path("roles")).isEmpty();
        Reply campaigns = api.send(api.client.as("nobody", "/campaigns").GET());
        Problems.assertProblem(campaigns, 403, "forbidden");
        assertThat(campaigns.json().path("detail").asText())
                .contains("nobody (without a role) may not look at campaigns");
    }

    @Test
    void table_inTheDocuments_isThatOfTheCode() throws IOException {
        String document = Files.readString(Path.of("..", "docs", "roles.md"));

        assertThat(document)
                .contains(Stream.concat(
                                Stream.of(head(), "|" + "---|".repeat(Role.values().length + 1)),
                                Arrays.stream(Act.values()).map(RightsTest::row))
                        .collect(Collectors.joining("\n")));
    }

    private static String head() {
        return "| act |"
                + Arrays.stream(Role.values())
                        .map(role -> " " + role.wireName() + " |")
                        .collect(Collectors.joining());
    }

    private static String row(Act act) {
        return "| " + act.wireName() + ": " + act.words() + " |"
                + Arrays.stream(Role.values())
                        .map(role -> switch (Rights.of(act, role)) {
                            case NO -> "  |";
                            case SILENT -> " silent |";
                            case YES -> " yes |";
                        })
                        .collect(Collectors.joining());
    }

    private static Reply asErin(String method, String path, String body) {
        return api.send(api.client
                .as("erin", path)
                .header("Content-Type", "application/json")
                .header("If-Match", "*")
                .method(method, BodyPublishers.ofString(body)));
    }

    private static String ofKind(String id, PushKind kind) {
        return kind == PushKind.SILENT
                ? Bodies.campaign(id).replace("\"kind\":\"alert\"", "\"kind\":\"silent\"")
                : Bodies.campaign(id);
    }
}
