package io.broadcaster.cli.client;

/** The API answered with a problem (RFC 9457). The message is its detail, fit to show to a person. */
public final class ApiRefusal extends RuntimeException {
    private final int status;

    public ApiRefusal(int status, String detail) {
        super(detail);
        this.status = status;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }
}
