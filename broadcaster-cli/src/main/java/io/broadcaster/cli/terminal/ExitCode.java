package io.broadcaster.cli.terminal;

/** What the process's exit status means; the same in every command, and listed in the root command's help. */
public final class ExitCode {
    /** Done. */
    public static final int OK = 0;

    /** The command failed; the last line of standard error says why. */
    public static final int FAILED = 1;

    /** The command line or a setting is wrong. */
    public static final int USAGE = 2;

    /** The API refused: wrong state, unknown campaign, invalid input. */
    public static final int REFUSED = 3;

    /** A check of ours found a device twice, lost, or ledger and journals at odds. */
    public static final int NOT_ONCE = 4;

    /** The audit log is not what was written. */
    public static final int TAMPERED = 5;

    private ExitCode() {}
}
