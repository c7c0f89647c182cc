package io.broadcaster.cli.terminal;

import java.io.Console;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** A progress bar on a terminal, and nothing where there is none. Used by one thread. */
public final class Progress implements AutoCloseable {
    private final Optional<ProgressBar> bar;

    private Progress(Optional<ProgressBar> bar) {
        this.bar = bar;
    }

    /** Starts a bar; {@code total} is -1 while it is not known. */
    public static Progress start(String task, String unit, long total) {
        if (Optional.ofNullable(System.console()).filter(Console::isTerminal).isEmpty()) {
            return new Progress(Optional.empty());
        }
        return new Progress(Optional.of(new ProgressBarBuilder()
                .setTaskName(task)
                .setUnit(unit, 1)
                .setInitialMax(total)
                .build()));
    }

    /** So much is done. */
    public void at(long done) {
        bar.ifPresent(b -> b.stepTo(done));
    }

    /** So much is done, of so much. */
    public void at(long done, long total) {
        bar.ifPresent(b -> b.maxHint(total));
        at(done);
    }

    @Override
    public void close() {
        bar.ifPresent(ProgressBar::close);
    }
}
