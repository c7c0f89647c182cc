package io.broadcaster.sender.provider.http2;

/**
 * Whether the peer still lives, so that a half-open connection is found within five seconds while requests wait on it:
 * silence makes it doubtful, which calls for one PING; silence after that is death. Confined to the connection's event loop.
 */
final class Liveness {
    /** Silence while requests wait. */
    static final int QUIET_MILLIS = 1_000;

    /** Silence of an idle connection: middleboxes forget it after minutes. */
    static final int IDLE_MILLIS = 60_000;

    /** How long a PING may take. */
    static final int PING_MILLIS = 3_000;

    private int heardAt;
    private int pingedAt;
    private boolean pinged;

    /** What to do. */
    enum Verdict {
        ALIVE,
        DOUBTFUL,
        DEAD
    }

    Liveness(int nowMillis) {
        heardAt = nowMillis;
    }

    /** Bytes came. */
    void heard(int nowMillis) {
        heardAt = nowMillis;
        pinged = false;
    }

    Verdict judge(int nowMillis, boolean waiting) {
        if (pinged) {
            return nowMillis - pingedAt > PING_MILLIS ? Verdict.DEAD : Verdict.ALIVE;
        }
        if (nowMillis - heardAt < (waiting ? QUIET_MILLIS : IDLE_MILLIS)) {
            return Verdict.ALIVE;
        }
        pinged = true;
        pingedAt = nowMillis;
        return Verdict.DOUBTFUL;
    }
}
