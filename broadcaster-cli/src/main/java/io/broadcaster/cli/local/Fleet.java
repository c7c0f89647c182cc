package io.broadcaster.cli.local;

import io.broadcaster.config.Settings;
import java.net.URI;
import java.util.Map;

/** A whole Broadcaster on this machine: embedded cloud, API, loader, fan-out workers, senders. Closing drains it. */
public sealed interface Fleet extends AutoCloseable permits InProcessFleet, SeparateProcesses {
    /** Where the API serves. */
    URI api();

    /** The settings under which the fleet runs. */
    Settings settings();

    /** The processes beside this one by what they run, with their process ids; empty when everything is in this one. */
    Map<String, Long> processes();

    @Override
    void close();
}
