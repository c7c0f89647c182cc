package io.broadcaster.api.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import io.broadcaster.api.campaigns.Arming;
import io.broadcaster.api.campaigns.Asked;
import io.broadcaster.api.campaigns.Loads;
import io.broadcaster.api.campaigns.Proofing;
import io.broadcaster.api.go.Go;
import io.broadcaster.api.go.Press;
import io.broadcaster.api.identity.Act;
import io.broadcaster.api.meters.ApiMeters;
import io.broadcaster.api.meters.ApiMeters.PressAnswer;
import io.broadcaster.campaign.ArmTerms;
import io.broadcaster.campaign.CampaignId;
import io.broadcaster.campaign.Pressers;
import io.broadcaster.campaign.Seen;
import io.broadcaster.campaign.Window;
import io.broadcaster.delivery.Proof;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;

/** The way of a campaign to its launch: load, proof, approve, arm, disarm, go, abort. */
public final class LaunchRoutes implements RouteSet {
    private final Go go;
    private final Loads loads;
    private final Proofing proofing;
    private final Arming arming;
    private final ApiMeters meters;

    public LaunchRoutes(Go go, Loads loads, Proofing proofing, Arming arming, ApiMeters meters) {
        this.go = go;
        this.loads = loads;
        this.proofing = proofing;
        this.arming = arming;
        this.meters = meters;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.post("/campaigns/{id}/go", Act.PRESS, this::go).with(Route.Body.PRESS),
                Route.post("/campaigns/{id}/load", Act.LOAD, this::load).with(Route.Body.NONE),
                Route.post("/campaigns/{id}/proofs", Act.PROOF, this::proof),
                Route.get("/campaigns/{id}/proofs", Act.READ, this::proofs),
                Route.post("/campaigns/{id}/approve", Act.APPROVE, this::approve),
                Route.post("/campaigns/{id}/arm", Act.ARM, this::arm),
                Route.post("/campaigns/{id}/disarm", Act.DISARM, this::disarm).with(Route.Body.PRESS),
                Route.post("/campaigns/{id}/abort", Act.ABORT, this::abort).with(Route.Body.PRESS));
    }

    private HttpResponse go(Call call) {
        meters.press();
        Press press;
        try {
            press = go.press(call.campaign(), call.principal());
        } catch (RuntimeException e) {
            meters.answered(PressAnswer.FAILED);
            throw e;
        }
        return switch (press) {
            case Press.Launched(var launch) ->
                counted(PressAnswer.LAUNCHED, Call.json(HttpStatus.OK, CampaignJson.launch(launch)));
            case Press.Refused(var refusal) ->
                counted(PressAnswer.REFUSED, Problem.of(refusal).response());
            case Press.NotNamed notNamed ->
                counted(
                        PressAnswer.NOT_NAMED,
                        Problem.of(Problem.Kind.NOT_NAMED, notNamed.sentence()).response());
            case Press.NotReady notReady ->
                counted(
                        PressAnswer.NOT_READY,
                        Problem.of(Problem.Kind.NOT_READY, notReady.sentence()).response());
            case Press.Contended(int attempts) ->
                counted(
                        PressAnswer.CONTENDED,
                        Problem.of(Problem.Kind.CONTENDED, "lost " + attempts + " races against edits; press again")
                                .response());
            case Press.Missing(CampaignId id) -> counted(PressAnswer.MISSING, Answers.missing(id));
        };
    }

    private HttpResponse load(Call call) {
        return answer(loads.load(call.campaign(), call.principal()), CampaignJson::full);
    }

    private HttpResponse proof(Call call) {
        JsonFields fields = call.json();
        String testDevice = fields.text("testDevice");
        fields.done();
        return answer(proofing.request(call.campaign(), testDevice, call.principal()), CampaignJson::proof);
    }

    private HttpResponse proofs(Call call) {
        return proofing.list(call.campaign()).map(LaunchRoutes::list).orElseGet(() -> Answers.missing(call.campaign()));
    }

    private HttpResponse approve(Call call) {
        return Answers.change(arming.approve(call.campaign(), call.expected(), call.principal(), seen(call)));
    }

    /** What the approver says to have seen; nothing of no revision where he says nothing. */
    private static Seen seen(Call call) {
        if (call.body().isEmpty()) {
            return new Seen(0, List.of());
        }
        JsonFields fields = call.json();
        List<String> variants = fields.has("seen") ? fields.texts("seen") : List.of();
        var seen = new Seen(fields.optionalWhole("revision").orElse(0), variants);
        fields.done();
        return seen;
    }

    private HttpResponse arm(Call call) {
        JsonFields fields = call.json();
        var window = new Window(fields.instant("notBefore"), fields.instant("notAfter"));
        var pressers = fields.has("pressers") ? new Pressers(fields.texts("pressers")) : Pressers.ANYBODY;
        OptionalLong devices = fields.optionalWhole("devices");
        fields.done();
        var terms = new ArmTerms(window, pressers);
        return Answers.change(arming.arm(call.campaign(), terms, devices, call.principal()));
    }

    private HttpResponse disarm(Call call) {
        return Answers.change(arming.disarm(call.campaign(), call.principal()));
    }

    private HttpResponse abort(Call call) {
        return Answers.change(arming.abort(call.campaign(), call.principal()));
    }

    private HttpResponse counted(PressAnswer answer, HttpResponse response) {
        meters.answered(answer);
        return response;
    }

    private static HttpResponse list(List<Proof> proofs) {
        ObjectNode body = Json.object();
        var items = body.putArray("proofs");
        proofs.forEach(proof -> items.add(CampaignJson.proof(proof)));
        return Call.json(HttpStatus.OK, body);
    }

    private static <T> HttpResponse answer(Asked<T> asked, Function<T, ObjectNode> json) {
        return switch (asked) {
            case Asked.Sent<T>(T subject) -> Call.json(HttpStatus.ACCEPTED, json.apply(subject));
            case Asked.Unsent<T>(String why) ->
                Problem.of(
                                Problem.Kind.UNAVAILABLE,
                                "it is noted, but the queue did not take the task (" + why
                                        + "): repeat this request, which sends it again")
                        .response();
            case Asked.Not<T>(var change) -> Answers.change(change);
        };
    }
}
