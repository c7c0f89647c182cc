package io.broadcaster.api.http;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.util.TimeoutMode;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.broadcaster.api.audit.AuditTrail;
import io.broadcaster.api.campaigns.Audiences;
import io.broadcaster.api.campaigns.Audiences.Encoding;
import io.broadcaster.api.identity.Act;
import io.broadcaster.audit.AuditAction;
import io.broadcaster.campaign.AudienceSource.Compression;
import io.broadcaster.campaign.AudienceSource.Format;
import io.broadcaster.campaign.Campaign;
import io.broadcaster.campaign.CampaignStore;
import io.broadcaster.campaign.InvalidInput;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** The audience: streamed up in the body, or adopted from the bucket; and the rows of it that a load has rejected. */
public final class AudienceRoutes implements RouteSet {
    /** Uploads at once; each holds one part of 8 MiB. */
    static final int UPLOADS_MAX = 8;

    /** An upload from which nothing comes for so long is ended. */
    static final Duration STALL_MAX = Duration.ofSeconds(30);

    private static final MediaType JSON_LINES = MediaType.parse("application/x-ndjson");

    private static final int PIECE_BYTES = 64 << 10;

    private final CampaignStore campaigns;
    private final Audiences audiences;
    private final AuditTrail trail;
    private final Downloads downloads;
    private final Semaphore room = new Semaphore(UPLOADS_MAX);

    public AudienceRoutes(CampaignStore campaigns, Audiences audiences, AuditTrail trail, Downloads downloads) {
        this.campaigns = campaigns;
        this.audiences = audiences;
        this.trail = trail;
        this.downloads = downloads;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.put("/campaigns/{id}/audience", Act.UPLOAD_AUDIENCE, this::upload)
                        .with(Route.Body.STREAMED),
                Route.post("/campaigns/{id}/audience", Act.UPLOAD_AUDIENCE, this::adopt),
                Route.get("/campaigns/{id}/rejects", Act.UPLOAD_AUDIENCE, this::rejects));
    }

    private HttpResponse rejects(Call call) {
        Optional<Campaign> found = campaigns.find(call.campaign());
        if (found.isEmpty()) {
            return Answers.missing(call.campaign());
        }
        if (!audiences.hasRejects(found.get())) {
            return Problem.of(Problem.Kind.NOT_FOUND, "no load of this revision has rejected a row")
                    .response();
        }
        trail.write(trail.acts().about(call.principal(), AuditAction.EXPORT, found.get(), "rejected rows"));
        ResponseHeaders headers = Call.streamed(JSON_LINES).toBuilder()
                .set("content-disposition", "attachment; filename=\"" + call.campaign() + "-rejects.jsonl\"")
                .build();
        return downloads.answer(call, headers, sink -> {
            try (InputStream rows = audiences.rejects(found.get())) {
                for (byte[] piece = rows.readNBytes(PIECE_BYTES);
                        piece.length > 0;
                        piece = rows.readNBytes(PIECE_BYTES)) {
                    sink.write(HttpData.wrap(piece));
                }
            }
        });
    }

    private HttpResponse upload(Call call) throws IOException {
        var encoding = new Encoding(format(call), compression(call));
        if (!room.tryAcquire()) {
            call.request().abort();
            return Problem.of(Problem.Kind.BUSY, UPLOADS_MAX + " uploads are under way; repeat this one later")
                    .response();
        }
        try (InputStream body = new Watched(
                call.context(),
                call.request().toInputStream(part -> part instanceof HttpData data ? data : HttpData.empty()))) {
            return Answers.change(audiences.upload(request(call), encoding, body));
        } finally {
            room.release();
        }
    }

    private HttpResponse adopt(Call call) throws IOException {
        JsonFields fields = call.json();
        String key = fields.text("s3Key");
        var encoding = new Encoding(
                format(fields.text("format", "lines")), compression(fields.text("compression", "none"), "compression"));
        fields.done();
        call.context().clearRequestTimeout();
        return Answers.change(audiences.adopt(request(call), encoding, key));
    }

    private static Audiences.Request request(Call call) {
        return new Audiences.Request(call.campaign(), call.expected(), call.principal());
    }

    private static Format format(Call call) {
        MediaType type = call.request().contentType();
        String name = type == null ? "" : type.type() + "/" + type.subtype();
        return switch (name) {
            case "text/plain" -> Format.LINES;
            case "text/csv" -> Format.CSV;
            case "application/x-ndjson" -> Format.JSONL;
            default ->
                throw new UnsupportedTypeException(
                        "an audience must be text/plain, text/csv or application/x-ndjson, but was '" + name + "'");
        };
    }

    private static Format format(String text) {
        return switch (text) {
            case "lines" -> Format.LINES;
            case "csv" -> Format.CSV;
            case "jsonl" -> Format.JSONL;
            default -> throw new InvalidInput("format", "must be lines, csv or jsonl", text);
        };
    }

    private static Compression compression(Call call) {
        String encoding = call.header("content-encoding").orElse("identity").toLowerCase(Locale.ROOT);
        return switch (encoding) {
            case "identity" -> Compression.NONE;
            case "gzip", "zstd" -> compression(encoding, "Content-Encoding");
            default ->
                throw new UnsupportedTypeException(
                        "an audience's Content-Encoding must be gzip, zstd or identity, but was '" + encoding + "'");
        };
    }

    private static Compression compression(String text, String field) {
        return switch (text) {
            case "none" -> Compression.NONE;
            case "gzip" -> Compression.GZIP;
            case "zstd" -> Compression.ZSTD;
            default -> throw new InvalidInput(field, "must be none, gzip or zstd", text);
        };
    }

    /** A body whose request times out only when nothing more comes. */
    private static final class Watched extends FilterInputStream {
        private final ServiceRequestContext context;

        Watched(ServiceRequestContext context, InputStream body) {
            super(body);
            this.context = context;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            context.setRequestTimeout(TimeoutMode.SET_FROM_NOW, STALL_MAX);
            return super.read(into, offset, length);
        }
    }
}
