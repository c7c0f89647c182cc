package io.broadcaster.cli.faults;

import io.broadcaster.cli.local.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The senders of one row. Used by one thread. */
final class SenderFleet {
    private final FaultStack stack;
    private final List<Sender> senders = new ArrayList<>();

    SenderFleet(FaultStack stack) {
        this.stack = stack;
    }

    /** One sender and the settings it was started under. */
    record Sender(ChildProcess process, Map<String, String> settings) {
        /** Batches per platform that it may have in flight. */
        int batchesInFlight() {
            return Integer.parseInt(settings.getOrDefault("sender.batches-in-flight", "512"));
        }

        private boolean ready() {
            try {
                return process.ready().isPresent();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot look whether " + process.name() + " is ready", e);
            }
        }
    }

    /** Starts one; it is not ready yet. */
    Sender spawn(Map<String, String> settings) {
        return spawn(settings, Map.of());
    }

    /** The same with these variables of the environment. */
    Sender spawn(Map<String, String> settings, Map<String, String> environment) {
        var sender = new Sender(stack.spawn(Tier.SENDER, settings, environment), settings);
        senders.add(sender);
        return sender;
    }

    /** Starts some and waits until they are ready. */
    void start(int count, Map<String, String> settings) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            spawn(settings);
        }
        awaitReady();
    }

    private void awaitReady() throws InterruptedException {
        for (Sender sender : senders) {
            sender.process().awaitReady();
        }
    }

    /** Those that are ready, in the order of their start. */
    List<Sender> ready() {
        return senders.stream().filter(Sender::ready).toList();
    }

    /** The same, at least one: waits for the oldest when none is ready yet. */
    List<Sender> awaitSomeReady() throws InterruptedException {
        if (ready().isEmpty()) {
            senders.getFirst().process().awaitReady();
        }
        return ready();
    }

    /** All that were not killed. */
    List<Sender> all() {
        return List.copyOf(senders);
    }

    /** SIGKILL. */
    void kill(Sender sender) throws InterruptedException {
        senders.remove(sender);
        stack.kill(sender.process());
    }

    /** SIGTERM to one; what went wrong with its drain. */
    List<String> drain(Sender sender) throws InterruptedException {
        senders.remove(sender);
        return stack.drain(List.of(sender.process()));
    }

    /** SIGTERM to all, once they are ready: before, a process need not know how to drain. What went wrong with their drains. */
    List<String> drain() throws InterruptedException {
        awaitReady();
        List<ChildProcess> processes = senders.stream().map(Sender::process).toList();
        senders.clear();
        return stack.drain(processes);
    }
}
