package io.broadcaster.loadtest.provider;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * How the simulators start. {@code directory} receives certificate, key and service-account file; a port of 0 takes any
 * free one; {@code threads} event loops serve both providers; {@code clock} judges tokens and dates answers,
 * {@code nanoTime} dates the journal.
 */
public record SimulatorsConfig(
        Path directory,
        App app,
        int apnsPort,
        int fcmPort,
        int threads,
        Duration answerTime,
        InstantSource clock,
        LongSupplier nanoTime,
        long seed) {
    private static final int PORT_MAX = 65_535;
    private static final int THREADS_MAX = 64;

    public SimulatorsConfig {
        requirePort("apnsPort", apnsPort);
        requirePort("fcmPort", fcmPort);
        if (threads < 1 || threads > THREADS_MAX) {
            throw new IllegalArgumentException("threads must be from 1 to " + THREADS_MAX + ", but was " + threads);
        }
    }

    /** The app that the providers know. */
    public record App(String topic, String teamId, String keyId, String project) {
        /** What demos and tests use. */
        public static final App DEMO = new App("io.broadcaster.demo", "TEAM123456", "KEY1234567", "broadcaster-demo");

        /** Another of this name, by the same team. */
        public static App named(String name) {
            return new App("io.broadcaster." + name, DEMO.teamId, DEMO.keyId, "broadcaster-" + name);
        }
    }

    /** Free ports, two event loops, answers at once. */
    public static SimulatorsConfig in(Path directory, InstantSource clock) {
        return new SimulatorsConfig(directory, App.DEMO, 0, 0, 2, Duration.ZERO, clock, System::nanoTime, 1);
    }

    /** The same for another app. */
    public SimulatorsConfig withApp(App other) {
        return new SimulatorsConfig(directory, other, apnsPort, fcmPort, threads, answerTime, clock, nanoTime, seed);
    }

    /** The same with another answer time to begin with. */
    public SimulatorsConfig withAnswerTime(Duration time) {
        return new SimulatorsConfig(directory, app, apnsPort, fcmPort, threads, time, clock, nanoTime, seed);
    }

    /** The same with another clock. */
    public SimulatorsConfig withClock(InstantSource other) {
        return new SimulatorsConfig(directory, app, apnsPort, fcmPort, threads, answerTime, other, nanoTime, seed);
    }

    /** The same on fixed ports. */
    public SimulatorsConfig withPorts(int apns, int fcm) {
        return new SimulatorsConfig(directory, app, apns, fcm, threads, answerTime, clock, nanoTime, seed);
    }

    private static void requirePort(String name, int port) {
        if (port < 0 || port > PORT_MAX) {
            throw new IllegalArgumentException(name + " must be from 0 to " + PORT_MAX + ", but was " + port);
        }
    }
}
