package io.broadcaster.loadtest.provider.fcm;

/** The message breaks a rule; the text says which, without quoting the message. Costs no stack trace. */
final class BadMessage extends Exception {
    BadMessage(String rule) {
        super(rule, null, false, false);
    }

    String rule() {
        return String.valueOf(getMessage());
    }
}
