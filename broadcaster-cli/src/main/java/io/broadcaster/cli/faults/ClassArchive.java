package io.broadcaster.cli.faults;

import io.broadcaster.cli.local.ChildProcess;
import io.broadcaster.cli.process.OwnProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The classes of a worker as the JVM had them when one drained, so that the next ones start with half the work: hundreds are
 * started only to be killed. Made once per run; outside of its jar there is none. Used by one thread.
 */
final class ClassArchive {
    /** Enough of a rehearsal to have loaded what a launch needs. */
    private static final Map<String, String> TRAINING = Map.of("sender.rehearsal-batches", "200");

    private final Path file;
    private boolean made;

    ClassArchive(Path folder) {
        file = folder.resolve("workers.jsa");
    }

    /** Options of the JVM that use it, once it is made. */
    List<String> options() {
        return made ? List.of("-XX:SharedArchiveFile=" + file) : List.of();
    }

    /** Lets a sender of this stack start and drain, unless that was done. */
    void make(FaultStack stack) throws InterruptedException {
        if (made || !OwnProgram.inJar()) {
            return;
        }
        ChildProcess sender = stack.spawn(
                Tier.SENDER,
                TRAINING,
                new ChildProcess.Surroundings(List.of("-XX:ArchiveClassesAtExit=" + file), Map.of()));
        sender.awaitReady();
        stack.drain(List.of(sender));
        made = Files.exists(file);
    }
}
