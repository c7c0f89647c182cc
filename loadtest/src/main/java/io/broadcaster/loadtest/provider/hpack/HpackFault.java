package io.broadcaster.loadtest.provider.hpack;

/** The block cannot be decoded: the two tables are out of step and the connection must end. Costs no stack trace. */
public final class HpackFault extends Exception {
    HpackFault(String rule) {
        super(rule, null, false, false);
    }
}
