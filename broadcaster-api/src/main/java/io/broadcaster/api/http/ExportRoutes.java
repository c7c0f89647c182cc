package io.broadcaster.api.http;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import io.broadcaster.api.audit.AuditTrail;
import io.broadcaster.api.export.Export;
import io.broadcaster.api.export.ExportFormat;
import io.broadcaster.api.identity.Act;
import io.broadcaster.audit.AuditAction;
import io.broadcaster.campaign.Campaign;
import io.broadcaster.campaign.CampaignStore;
import io.broadcaster.campaign.Move;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The export, one line per device. */
public final class ExportRoutes implements RouteSet {
    private final CampaignStore campaigns;
    private final Export export;
    private final AuditTrail trail;
    private final Downloads downloads;

    public ExportRoutes(CampaignStore campaigns, Export export, AuditTrail trail, Downloads downloads) {
        this.campaigns = campaigns;
        this.export = export;
        this.trail = trail;
        this.downloads = downloads;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/campaigns/{id}/export", Act.EXPORT, this::export));
    }

    private HttpResponse export(Call call) {
        ExportFormat format = ExportFormat.of(call.query("format").orElse("csv"));
        Optional<Campaign> found = campaigns.find(call.campaign());
        if (found.isEmpty()) {
            return Answers.missing(call.campaign());
        }
        Optional<Export.Subject> subject = export.subject(found.get());
        if (subject.isEmpty()) {
            return Problem.of(new Move.Refused(
                            "export", found.get().state().name(), "it must be LAUNCHED, COMPLETED or ABORTED"))
                    .response();
        }
        trail.write(trail.acts().about(call.principal(), AuditAction.EXPORT, found.get(), extension(format)));
        ResponseHeaders headers = Call.streamed(type(format)).toBuilder()
                .set("broadcaster-export-key", export.keyName())
                .set(
                        "content-disposition",
                        "attachment; filename=\"" + found.get().id() + "." + extension(format) + "\"")
                .build();
        return downloads.answer(
                call,
                headers,
                sink -> export.write(
                        subject.get(), format, lines -> sink.write(HttpData.of(StandardCharsets.UTF_8, lines))));
    }

    private static MediaType type(ExportFormat format) {
        return switch (format) {
            case CSV -> MediaType.CSV_UTF_8;
            case JSONL -> MediaType.parse("application/x-ndjson");
        };
    }

    private static String extension(ExportFormat format) {
        return switch (format) {
            case CSV -> "csv";
            case JSONL -> "jsonl";
        };
    }
}
