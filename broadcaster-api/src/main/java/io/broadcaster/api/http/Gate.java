package io.broadcaster.api.http;

import com.linecorp.armeria.server.ServiceRequestContext;
import io.broadcaster.api.http.Call.Admission;
import io.broadcaster.api.identity.Act;
import io.broadcaster.api.identity.Caller;
import io.broadcaster.api.identity.Right;
import io.broadcaster.api.identity.Rights;
import io.broadcaster.campaign.CampaignId;
import io.broadcaster.campaign.CampaignStore;
import io.broadcaster.campaign.PushKind;

/**
 * Lets a caller through to a route by the table of rights, at the moment of the act. A right to silent campaigns only is held
 * against the campaign as it stands: making it another kind would take it back to its draft, unapproved. Safe for any thread.
 */
public final class Gate {
    private static final String CAMPAIGN = "id";

    private final CampaignStore campaigns;

    public Gate(CampaignStore campaigns) {
        this.campaigns = campaigns;
    }

    /** How far the caller's right to the route's act goes; ForbiddenException where it does not reach. */
    Admission admit(Route route, Caller caller, ServiceRequestContext context) {
        if (!route.needsCaller()) {
            return new Admission(caller, route.act(), Right.YES);
        }
        Right right = Rights.of(route.act(), caller.roles());
        if (right == Right.NO) {
            throw new ForbiddenException(route.act(), caller, Right.SILENT);
        }
        String id = context.pathParam(CAMPAIGN);
        if (right == Right.SILENT && id != null && !isSilent(new CampaignId(id), route.act())) {
            throw new ForbiddenException(route.act(), caller, Right.YES);
        }
        return new Admission(caller, route.act(), right);
    }

    /** Of what is not there nothing can be done, but for its trail: nobody knows any more of which kind it was. */
    private boolean isSilent(CampaignId id, Act act) {
        return campaigns
                .find(id)
                .map(campaign -> campaign.spec().kind() == PushKind.SILENT)
                .orElse(act != Act.READ_AUDIT);
    }
}
