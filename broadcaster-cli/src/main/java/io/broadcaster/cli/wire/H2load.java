package io.broadcaster.cli.wire;

import io.broadcaster.campaign.Platform;
import io.broadcaster.loadtest.wire.BarePeer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** h2load with the requests that our senders make: a path per device at APNs, one path and one body at FCM. */
final class H2load {
    static final String PROGRAM = "h2load";

    private static final Pattern DONE =
            Pattern.compile("requests: \\d+ total, \\d+ started, \\d+ done, (\\d+) succeeded, (\\d+) failed");
    private static final Pattern FINISHED = Pattern.compile("finished in ([0-9.]+)(ms|s|us)");

    /** What bash's {@code times} prints last: user and system time of its children. */
    private static final Pattern CHILDREN = Pattern.compile("(\\d+)m([0-9.]+)s (\\d+)m([0-9.]+)s\\s*$");

    private static final String PROVIDER_TOKEN = "bearer " + "x".repeat(190);
    private static final String ACCESS_TOKEN = "Bearer ya29." + "x".repeat(150);
    private static final int SECONDS_PER_MINUTE = 60;
    private static final long EXIT_SECONDS_MAX = 30;

    private final Path folder;
    private final Cores cores;

    H2load(Path folder, Cores cores) {
        this.folder = folder;
        this.cores = cores;
    }

    /** One round against the peer at this endpoint. */
    Pumped run(Platform platform, String endpoint, int connections, long seconds)
            throws IOException, InterruptedException {
        var line = new ArrayList<>(List.of(
                PROGRAM,
                "-D",
                Long.toString(seconds),
                "-t",
                "1",
                "-c",
                Integer.toString(connections),
                "-m",
                Integer.toString(BarePeer.streamsMax(platform))));
        line.addAll(request(platform, endpoint));
        var inBash = new ArrayList<>(List.of("bash", "-c", "\"$@\"; times", "bash"));
        inBash.addAll(line);
        Path log = folder.resolve("h2load.log");
        Process process = new ProcessBuilder(cores.client(inBash))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!process.waitFor(seconds + EXIT_SECONDS_MAX, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            throw new IllegalStateException("h2load did not end in time; its log:\n" + Files.readString(log));
        }
        return read(Files.readString(log));
    }

    private List<String> request(Platform platform, String endpoint) throws IOException {
        Devices devices = Devices.of(platform);
        String payload = WireContent.variant(platform).payload();
        return switch (platform) {
            case IOS -> {
                Path uris = Files.writeString(
                        folder.resolve("uris.txt"),
                        String.join(
                                        "\n",
                                        devices.tokens().stream()
                                                .map(token -> endpoint + "/3/device/" + token)
                                                .toList())
                                + "\n");
                yield List.of(
                        "-d",
                        body(payload),
                        "-i",
                        uris.toString(),
                        "-H",
                        "apns-topic: io.broadcaster.demo",
                        "-H",
                        "apns-push-type: alert",
                        "-H",
                        "apns-priority: 10",
                        "-H",
                        "apns-expiration: 1700000000",
                        "-H",
                        "apns-collapse-id: " + WireContent.LAUNCH,
                        "-H",
                        "apns-id: 123e4567-e89b-82d3-a456-426614174000",
                        "-H",
                        "authorization: " + PROVIDER_TOKEN);
            }
            case ANDROID ->
                List.of(
                        "-d",
                        body("{\"message\":" + payload.substring(0, payload.length() - 1) + ",\"token\":\""
                                + devices.token(0) + "\"}}"),
                        "-H",
                        "content-type: application/json",
                        "-H",
                        "authorization: " + ACCESS_TOKEN,
                        endpoint + "/v1/projects/broadcaster-demo/messages:send");
        };
    }

    private String body(String json) throws IOException {
        Path file = folder.resolve("body.json");
        Files.write(file, json.getBytes(StandardCharsets.UTF_8));
        return file.toString();
    }

    /** What h2load and bash printed. */
    static Pumped read(String log) {
        Matcher done = found(DONE, log);
        Matcher finished = found(FINISHED, log);
        Matcher children = found(CHILDREN, log);
        if (Long.parseLong(done.group(2)) > 0) {
            throw new IllegalStateException("h2load counts failures:\n" + log);
        }
        double unit = switch (finished.group(2)) {
            case "ms" -> 1e-3;
            case "us" -> 1e-6;
            default -> 1;
        };
        double cpu = Long.parseLong(children.group(1)) * SECONDS_PER_MINUTE
                + Double.parseDouble(children.group(2))
                + Long.parseLong(children.group(3)) * SECONDS_PER_MINUTE
                + Double.parseDouble(children.group(4));
        return new Pumped(Long.parseLong(done.group(1)), Double.parseDouble(finished.group(1)) * unit, cpu, 0, 0);
    }

    private static Matcher found(Pattern pattern, String log) {
        Matcher matcher = pattern.matcher(log);
        if (!matcher.find()) {
            throw new IllegalStateException("h2load did not print what is read of it:\n" + log);
        }
        return matcher;
    }
}
