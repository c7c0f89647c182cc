package io.broadcaster.cli.client;

import java.net.URI;
import picocli.CommandLine.Option;

/** Where the API is and who speaks to it. */
public final class ApiOptions {
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
            description = "Who acts (default: ${DEFAULT-VALUE}).")
    private String user = System.getProperty("user.name");

    /** A client; close it. */
    public ApiClient connect() {
        return new ApiClient(api, user);
    }
}
