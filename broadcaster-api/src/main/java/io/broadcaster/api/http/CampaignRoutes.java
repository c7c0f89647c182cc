package io.broadcaster.api.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import io.broadcaster.api.campaigns.Authoring;
import io.broadcaster.api.campaigns.Change;
import io.broadcaster.api.identity.Act;
import io.broadcaster.campaign.Campaign;
import io.broadcaster.campaign.CampaignId;
import io.broadcaster.campaign.CampaignSpec;
import io.broadcaster.campaign.CampaignStore;
import io.broadcaster.campaign.InvalidInput;
import io.broadcaster.campaign.StateName;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;

/** Create, list, read, edit and delete campaigns. */
public final class CampaignRoutes implements RouteSet {
    private static final int LIST_MAX = 1_000;
    private static final int LIST_DEFAULT = 100;

    private final CampaignStore campaigns;
    private final Authoring authoring;

    public CampaignRoutes(CampaignStore campaigns, Authoring authoring) {
        this.campaigns = campaigns;
        this.authoring = authoring;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.post("/campaigns", Act.WRITE_CONTENT, this::create),
                Route.get("/campaigns", Act.READ, this::list),
                Route.get("/campaigns/{id}", Act.READ, this::read),
                Route.put("/campaigns/{id}", Act.WRITE_CONTENT, this::edit),
                Route.delete("/campaigns/{id}", Act.WRITE_CONTENT, this::delete));
    }

    private HttpResponse create(Call call) {
        JsonFields fields = call.json();
        var id = idOf(fields.text("id"));
        CampaignSpec spec = SpecJson.read(fields);
        fields.done();
        call.requireRightTo(spec.kind());
        return switch (authoring.create(id, spec, call.principal())) {
            case Change.Done(Campaign campaign) -> created(campaign);
            case Change other -> Answers.change(other);
        };
    }

    private HttpResponse list(Call call) {
        int limit = call.limit(LIST_DEFAULT, LIST_MAX);
        String after = call.query("after").orElse("");
        List<Campaign> found = campaigns.inStates(EnumSet.allOf(StateName.class)).stream()
                .filter(campaign -> campaign.id().value().compareTo(after) > 0)
                .sorted(Comparator.comparing(campaign -> campaign.id().value()))
                .limit(limit + 1L)
                .toList();
        ObjectNode body = Json.object();
        var items = body.putArray("campaigns");
        found.stream().limit(limit).forEach(campaign -> items.add(CampaignJson.summary(campaign)));
        if (found.size() > limit) {
            body.put("next", found.get(limit - 1).id().value());
        }
        return Call.json(HttpStatus.OK, body);
    }

    private HttpResponse read(Call call) {
        return campaigns.find(call.campaign()).map(Answers::campaign).orElseGet(() -> Answers.missing(call.campaign()));
    }

    private HttpResponse edit(Call call) {
        if (!call.hasIfMatch()) {
            return noIfMatch();
        }
        JsonFields fields = call.json();
        fields.optionalText("id")
                .filter(id -> !id.equals(call.campaign().value()))
                .ifPresent(id -> {
                    throw new InvalidInput("id", "must be the path's '" + call.campaign() + "' or left out", id);
                });
        CampaignSpec spec = SpecJson.read(fields);
        fields.done();
        call.requireRightTo(spec.kind());
        return Answers.change(authoring.edit(call.campaign(), call.expected(), spec, call.principal()));
    }

    private HttpResponse delete(Call call) {
        if (!call.hasIfMatch()) {
            return noIfMatch();
        }
        return switch (authoring.delete(call.campaign(), call.expected(), call.principal())) {
            case Change.Done _ -> HttpResponse.of(noContent());
            case Change other -> Answers.change(other);
        };
    }

    private static HttpResponse created(Campaign campaign) {
        ResponseHeadersBuilder headers = ResponseHeaders.builder(HttpStatus.CREATED)
                .set("location", "/campaigns/" + campaign.id())
                .set("etag", Answers.etag(campaign));
        return Call.json(headers, CampaignJson.full(campaign));
    }

    private static ResponseHeaders noContent() {
        ResponseHeadersBuilder headers = ResponseHeaders.builder(HttpStatus.NO_CONTENT);
        SecurityHeaders.addTo(headers);
        return headers.build();
    }

    private static HttpResponse noIfMatch() {
        return Problem.of(Problem.Kind.NO_IF_MATCH, "the header If-Match must hold the campaign's ETag, or *")
                .response();
    }

    private static CampaignId idOf(String text) {
        try {
            return new CampaignId(text);
        } catch (InvalidInput e) {
            throw e.at("id");
        }
    }
}
