package io.broadcaster.cli.campaign;

import io.broadcaster.campaign.CampaignId;
import picocli.CommandLine.Parameters;

/** An act on one existing campaign. */
abstract class CampaignActCommand extends ActCommand {
    @Parameters(paramLabel = "CAMPAIGN", description = "The campaign's id.")
    private String campaign = "";

    /** The API path of the campaign, with a suffix such as {@code /go}. */
    final String path(String suffix) {
        return "/campaigns/" + new CampaignId(campaign) + suffix;
    }
}
