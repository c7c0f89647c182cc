package io.broadcaster.cli.client;

import io.broadcaster.config.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where the API is and who speaks to it. */
public final class ApiOptions {
    private static final String TOKEN = "BROADCAST_TOKEN";

    @Option(
            names = "--api",
            paramLabel = "URI",
            defaultValue = "${env:BROADCAST_API:-http://localhost:8080}",
            description = "The API's address (default: ${DEFAULT-VALUE}).")
    private URI api = URI.create("http://localhost:8080");

    @Option(
            names = "--user",
            paramLabel = "NAME",
            defaultValue = "${sys:user.name}",
            description = "Who acts on a local stack, such as alice or bob (default: ${DEFAULT-VALUE}).")
    private String user = System.getProperty("user.name");

    @Option(
            names = "--access-token-file",
            paramLabel = "FILE",
            description = "A file with the access token; else it is in BROADCAST_TOKEN. Without either: --user.")
    private Optional<Path> tokenFile = Optional.empty();

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("the token's file cannot be read: " + file, e);
        }
    }

    /** A client; close it. */
    public ApiClient connect() {
        Optional<String> token = tokenFile.map(ApiOptions::read).or(() -> Optional.ofNullable(System.getenv(TOKEN)));
        return token.map(String::strip)
                .filter(text -> !text.isEmpty())
                .map(text -> ApiClient.bearing(api, Secret.of(text)))
                .orElseGet(() -> new ApiClient(api, user));
    }
}
