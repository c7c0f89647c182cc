package io.broadcaster.cli.faults;

import java.util.List;

/** One row of the fault matrix as a scenario on real processes. */
interface Row {
    /** Its number in the matrix. */
    int number();

    /** What happens, in a few words. */
    String what();

    /** The invariants that it is judged by. */
    String invariants();

    /** Makes it happen; whatever senders it starts it also stops. */
    Seen run(FaultStack stack, FaultPlan plan) throws Exception;

    /** What was seen: the figure for the table, and what broke an invariant, a sentence each. */
    record Seen(String figure, List<String> findings) {
        public Seen {
            findings = List.copyOf(findings);
        }

        boolean green() {
            return findings.isEmpty();
        }
    }
}
