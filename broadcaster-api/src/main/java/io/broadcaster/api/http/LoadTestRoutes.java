package io.broadcaster.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import io.broadcaster.api.identity.Act;
import io.broadcaster.api.loadtests.ReportFolder;
import io.broadcaster.campaign.InvalidInput;
import java.util.List;
import java.util.Optional;

/** The reports of {@code loadtest blast --json}: which there are, and of one the figures that are worth comparing. */
public final class LoadTestRoutes implements RouteSet {
    /** Buckets of one platform: as many as a report has at most. */
    private static final int BUCKETS_MAX = 18_000;

    private static final List<String> MACHINE = List.of("cpu", "cores", "jdk", "commit", "at", "command");
    private static final List<String> SETUP =
            List.of("ios", "android", "rttMillis", "transport", "kind", "fanouts", "senders", "processes");
    private static final List<String> PRESS = List.of(
            "goCallMillis",
            "firstRequestMillis",
            "p50Millis",
            "p95Millis",
            "p99Millis",
            "lastMillis",
            "answersPerSecond");

    private final Optional<ReportFolder> folder;

    public LoadTestRoutes(Optional<ReportFolder> folder) {
        this.folder = folder;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/load-test-reports", Act.READ_LOAD_TESTS, this::list),
                Route.get("/load-test-reports/{name}", Act.READ_LOAD_TESTS, this::read));
    }

    private HttpResponse list(Call call) {
        ObjectNode body = Json.object().put("configured", folder.isPresent());
        var reports = body.putArray("reports");
        folder.map(ReportFolder::list)
                .orElse(List.of())
                .forEach(entry -> reports.addObject()
                        .put("name", entry.name())
                        .put("bytes", entry.bytes())
                        .put("modifiedAt", entry.modifiedAt().toString()));
        return Call.json(HttpStatus.OK, body);
    }

    private HttpResponse read(Call call) {
        String name = call.pathParam("name");
        Optional<byte[]> bytes = folder.flatMap(files -> files.read(name));
        if (bytes.isEmpty()) {
            return Problem.of(
                            Problem.Kind.NOT_FOUND,
                            "there is no report of this name of at most " + ReportFolder.BYTES_MAX + " bytes")
                    .response();
        }
        return figures(name, bytes.get())
                .map(report -> Call.json(HttpStatus.OK, report))
                .orElseGet(() -> Problem.of(Problem.Kind.NO_REPORT, "loadtest blast --json writes such files")
                        .response());
    }

    /** What is known of the report, and nothing else of the file; empty when it is none. */
    private static Optional<ObjectNode> figures(String name, byte[] file) {
        try {
            JsonNode report = Json.read(file);
            JsonNode median = report.path("median");
            ObjectNode figures = Json.object().put("name", name);
            figures.set("machine", all(report.path("machine"), MACHINE));
            figures.set("setup", all(report.path("setup"), SETUP));
            figures.set("press", all(median.path("press"), PRESS));
            JsonNode throughput = median.path("throughput");
            figures.set("bucketMillis", number(throughput.path("bucketMillis")));
            figures.set("ios", buckets(throughput.path("ios")));
            figures.set("android", buckets(throughput.path("android")));
            figures.set("cpuMillis", number(median.path("usage").path("cpuMillis")));
            figures.put("runs", report.path("runs").size());
            figures.put("once", once(report.path("runs")) && once(report.path("warmUps")));
            return Optional.of(figures);
        } catch (InvalidInput e) {
            return Optional.empty(); // somebody else's file
        }
    }

    private static ObjectNode all(JsonNode object, List<String> names) {
        ObjectNode all = Json.object();
        for (String name : names) {
            JsonNode value = object.path(name);
            if (!value.isValueNode() || value.isNull()) {
                throw new InvalidInput(name, "must be there", "nothing");
            }
            all.set(name, value);
        }
        return all;
    }

    private static JsonNode number(JsonNode value) {
        if (!value.isNumber()) {
            throw new InvalidInput("figure", "must be a number", value.getNodeType());
        }
        return value;
    }

    private static ArrayNode buckets(JsonNode array) {
        if (!array.isArray() || array.size() > BUCKETS_MAX) {
            throw new InvalidInput("buckets", "must be an array of at most " + BUCKETS_MAX, array.size());
        }
        array.forEach(LoadTestRoutes::number);
        return (ArrayNode) array;
    }

    private static boolean once(JsonNode runs) {
        if (!runs.isArray()) {
            throw new InvalidInput("runs", "must be an array", runs.getNodeType());
        }
        for (JsonNode run : runs) {
            if (!run.path("judged").path("agrees").asBoolean()) {
                return false;
            }
        }
        return true;
    }
}
