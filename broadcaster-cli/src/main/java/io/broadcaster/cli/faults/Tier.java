package io.broadcaster.cli.faults;

/** The processes that a fault test runs beside its own. */
enum Tier {
    API("api"),
    FANOUT("fanout"),
    SENDER("sender");

    private final String command;

    Tier(String command) {
        this.command = command;
    }

    String command() {
        return command;
    }
}
