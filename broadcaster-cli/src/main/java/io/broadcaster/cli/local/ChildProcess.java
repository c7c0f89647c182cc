package io.broadcaster.cli.local;

import io.broadcaster.cli.client.Poll;
import io.broadcaster.cli.process.OwnProgram;
import io.broadcaster.cli.process.ReadyFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * This very program as another operating-system process, under another command; its output goes to a log in the work folder.
 * Signals are those that an orchestrator or a broken machine sends. Used by one thread.
 */
public final class ChildProcess {
    /** Within how long a process that was sent SIGTERM must have drained. */
    public static final Duration STOP_MAX = Duration.ofSeconds(60);

    private static final Duration START_MAX = Duration.ofSeconds(90);

    private final String name;
    private final Process process;
    private final Path readyFile;
    private final Path log;

    private ChildProcess(String name, Process process, Path readyFile, Path log) {
        this.name = name;
        this.process = process;
        this.readyFile = readyFile;
        this.log = log;
    }

    /** How a process is started beside its command: options of its JVM, and variables of its environment. */
    public record Surroundings(List<String> jvmOptions, Map<String, String> environment) {
        /** As this process itself. */
        public static final Surroundings SAME = new Surroundings(List.of(), Map.of());

        public Surroundings {
            jvmOptions = List.copyOf(jvmOptions);
            environment = Map.copyOf(environment);
        }
    }

    /** Starts one; {@code name} is that of its files in {@code work} and must not have been used before. */
    public static ChildProcess spawn(Path work, String name, Surroundings around, List<String> command)
            throws IOException {
        Path readyFile = work.resolve(name + ".ready");
        Path log = work.resolve(name + ".log");
        var arguments = new ArrayList<>(command);
        arguments.add("--ready-file=" + readyFile);
        var builder = new ProcessBuilder(OwnProgram.line(around.jvmOptions(), arguments))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(around.environment());
        return new ChildProcess(name, builder.start(), readyFile, log);
    }

    /** Its name. */
    public String name() {
        return name;
    }

    /** Its process id. */
    public long pid() {
        return process.pid();
    }

    /** What it told once it was ready; {@link IllegalStateException} with its log when it ended before. */
    public Map<String, String> awaitReady() throws InterruptedException {
        return Poll.until(START_MAX, this::ready, Optional::isPresent).orElseThrow();
    }

    /** What it told, if it is ready already. */
    public Optional<Map<String, String>> ready() throws IOException {
        if (!process.isAlive()) {
            throw new IllegalStateException(
                    name + " ended with " + process.exitValue() + "; its log:\n" + Files.readString(log));
        }
        return new ReadyFile(readyFile).read();
    }

    /** SIGKILL: it is gone when this returns, without having done anything more. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGSTOP: it stands still and its sockets stay open. */
    public void freeze() throws InterruptedException {
        signal("STOP");
    }

    /** SIGCONT: it goes on as if no time had passed. */
    public void thaw() throws InterruptedException {
        signal("CONT");
    }

    /** SIGTERM: asks it to drain; does not wait. */
    public void terminate() {
        process.destroy();
    }

    /** Its exit status, or empty when it still runs after {@code longest}. */
    public Optional<Integer> awaitExit(Duration longest) throws InterruptedException {
        return process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)
                ? Optional.of(process.exitValue())
                : Optional.empty();
    }

    private void signal(String signal) throws InterruptedException {
        try {
            int status = new ProcessBuilder("kill", "-" + signal, Long.toString(pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new IllegalStateException("signal " + signal + " did not reach " + name);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("signal " + signal + " cannot be sent", e);
        }
    }
}
