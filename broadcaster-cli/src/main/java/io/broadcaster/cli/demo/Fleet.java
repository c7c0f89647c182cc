package io.broadcaster.cli.demo;

import io.broadcaster.config.Settings;
import java.net.URI;

/** A whole Broadcaster on this machine: embedded cloud, API, loader, two fan-out workers, two senders. Closing drains it. */
sealed interface Fleet extends AutoCloseable permits InProcessFleet, SeparateProcesses {
    /** Senders and fan-out workers of each kind. */
    int WORKERS = 2;

    /** Where the API serves. */
    URI api();

    /** The settings under which the fleet runs. */
    Settings settings();

    @Override
    void close();
}
