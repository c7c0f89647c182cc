package io.broadcaster.api.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import io.broadcaster.api.identity.Act;
import io.broadcaster.audit.AuditAct;
import io.broadcaster.audit.AuditEntry;
import io.broadcaster.audit.AuditStore;
import io.broadcaster.audit.AuditSubject;
import io.broadcaster.campaign.InvalidInput;
import java.util.List;
import java.util.regex.Pattern;

/** The audit trail of a campaign, also of one that is deleted: a page at a time, oldest first. */
public final class AuditRoutes implements RouteSet {
    private static final int LIMIT_DEFAULT = 50;
    private static final Pattern KEY = Pattern.compile("[0-9]{13}-[a-z-]{1,20}-[0-9a-f-]{1,64}");

    private final AuditStore store;

    public AuditRoutes(AuditStore store) {
        this.store = store;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/campaigns/{id}/audit", Act.READ_AUDIT, this::list));
    }

    private HttpResponse list(Call call) {
        int limit = call.limit(LIMIT_DEFAULT, AuditStore.PAGE_MAX);
        String after = call.query("after").orElse("");
        if (!after.isEmpty() && !KEY.matcher(after).matches()) {
            throw new InvalidInput("after", "must be the 'next' of the page before", after);
        }
        List<AuditEntry> entries = store.list(AuditSubject.of(call.campaign()), after, limit);
        ObjectNode body = Json.object();
        var items = body.putArray("entries");
        entries.forEach(entry -> items.add(json(entry)));
        if (entries.size() == limit) {
            body.put("next", entries.getLast().act().key());
        }
        body.put("head", store.head().toString());
        return Call.json(HttpStatus.OK, body);
    }

    private static ObjectNode json(AuditEntry entry) {
        AuditAct act = entry.act();
        ObjectNode json = Json.object();
        json.put("number", entry.number());
        json.put("key", act.key());
        json.put("at", act.at().toString());
        json.put("who", act.who());
        json.put("action", act.action().wireName());
        json.put("revision", act.revision());
        json.put("detail", act.detail());
        json.put("before", act.before());
        json.put("after", act.after());
        json.put("previous", entry.previous());
        json.put("sha256", entry.sha256());
        return json;
    }
}
