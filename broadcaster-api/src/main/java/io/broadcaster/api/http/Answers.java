package io.broadcaster.api.http;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import io.broadcaster.api.campaigns.Change;
import io.broadcaster.campaign.Campaign;
import io.broadcaster.campaign.CampaignId;

/** Outcomes of changes as responses. */
final class Answers {
    private Answers() {}

    static HttpResponse change(Change change) {
        return switch (change) {
            case Change.Done(Campaign campaign) -> campaign(campaign);
            case Change.Refused(var refusal, var _) -> Problem.of(refusal).response();
            case Change.Stale(Campaign current) ->
                Problem.of(
                                Problem.Kind.STALE,
                                "If-Match names another version than the one that stands, " + etag(current))
                        .response();
            case Change.Contended(CampaignId id) ->
                Problem.of(
                                Problem.Kind.CONTENDED,
                                "campaign " + id + " was changed by others at each attempt; repeat this")
                        .response();
            case Change.Taken(CampaignId id) ->
                Problem.of(Problem.Kind.TAKEN, "there is a campaign '" + id + "' already")
                        .response();
            case Change.Missing(CampaignId id) -> missing(id);
        };
    }

    static HttpResponse campaign(Campaign campaign) {
        return Call.json(
                ResponseHeaders.builder(HttpStatus.OK).set("etag", etag(campaign)), CampaignJson.full(campaign));
    }

    static HttpResponse missing(CampaignId id) {
        return Problem.of(Problem.Kind.UNKNOWN_CAMPAIGN, "there is no campaign '" + id + "'")
                .response();
    }

    static String etag(Campaign campaign) {
        return "\"" + campaign.version() + "\"";
    }
}
