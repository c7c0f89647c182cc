package io.broadcaster.cli.terminal;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the story of a demo readable: of the log only warnings show, unless all of it is asked for. */
public final class Quiet {
    private Quiet() {}

    public static void unless(boolean verbose) {
        if (!verbose && LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME) instanceof Logger root) {
            root.setLevel(Level.WARN);
        }
    }
}
