package io.broadcaster.api.http;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.MediaType;
import io.broadcaster.api.audit.AuditTrail;
import io.broadcaster.api.export.Export;
import io.broadcaster.api.export.ExportFormat;
import io.broadcaster.api.identity.Act;
import io.broadcaster.audit.AuditAction;
import io.broadcaster.campaign.Campaign;
import io.broadcaster.campaign.CampaignStore;
import io.broadcaster.campaign.Move;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The export, streamed as fast as its reader reads. An export that breaks off ends without the final chunk. */
public final class ExportRoutes implements RouteSet {
    private static final Logger LOG = LoggerFactory.getLogger(ExportRoutes.class);

    private final CampaignStore campaigns;
    private final Export export;
    private final AuditTrail trail;
    private final Executor threads;

    public ExportRoutes(CampaignStore campaigns, Export export, AuditTrail trail, Executor threads) {
        this.campaigns = campaigns;
        this.export = export;
        this.trail = trail;
        this.threads = threads;
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
        call.context().clearRequestTimeout();
        HttpResponseWriter writer = HttpResponse.streaming();
        writer.write(Call.streamed(type(format)).toBuilder()
                .set("broadcaster-export-key", export.keyName())
                .set(
                        "content-disposition",
                        "attachment; filename=\"" + found.get().id() + "." + extension(format) + "\"")
                .build());
        threads.execute(() -> run(subject.get(), format, writer));
        return writer;
    }

    private void run(Export.Subject subject, ExportFormat format, HttpResponseWriter writer) {
        try {
            export.write(subject, format, lines -> {
                if (!writer.tryWrite(HttpData.of(StandardCharsets.UTF_8, lines))) {
                    throw new IOException("the reader has gone");
                }
                await(writer);
            });
            writer.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            writer.close(e);
        } catch (IOException | RuntimeException e) {
            LOG.atWarn().addKeyValue("launch", subject.launch()).setCause(e).log("export broke off");
            writer.close(e);
        }
    }

    private static void await(HttpResponseWriter writer) throws IOException, InterruptedException {
        try {
            writer.whenConsumed().get();
        } catch (ExecutionException e) {
            throw new IOException("the reader has gone", e);
        }
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
