package io.broadcaster.sender.provider.fcm;

import io.broadcaster.delivery.SendOutcome;
import io.broadcaster.delivery.SendOutcome.AmbiguousCause;
import io.broadcaster.delivery.SendOutcome.UnprocessedCause;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * An exchange with FCM that ended without an answer that the SDK may see, carrying what that means for the device. The SDK
 * passes it through as a cause. Its message never holds a URL or a token.
 */
final class ExchangeFailure extends IOException {
    private final transient SendOutcome outcome;

    ExchangeFailure(SendOutcome outcome, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.outcome = outcome;
    }

    SendOutcome outcome() {
        return outcome;
    }

    /** Whether not even a connection came about. */
    boolean neverConnected() {
        return outcome instanceof SendOutcome.Unprocessed(var cause) && cause == UnprocessedCause.CONNECT_FAILED;
    }

    /** The same failure for another request that waited for the connection. */
    ExchangeFailure again() {
        return new ExchangeFailure(outcome, String.valueOf(getMessage()), this);
    }

    /** FCM answered 503: kept from the SDK, which would retry by itself, outside every budget. */
    static ExchangeFailure unavailable() {
        return new ExchangeFailure(new SendOutcome.Unprocessed(UnprocessedCause.UNAVAILABLE), "FCM answered 503", null);
    }

    static ExchangeFailure of(Throwable failure) {
        SendOutcome outcome = outcomeOf(failure);
        return new ExchangeFailure(outcome, failure.getClass().getSimpleName() + " at FCM", failure);
    }

    private static SendOutcome outcomeOf(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException
                    || cause instanceof HttpConnectTimeoutException
                    || cause instanceof UnknownHostException
                    || cause instanceof UnresolvedAddressException
                    || cause instanceof SSLHandshakeException) {
                return new SendOutcome.Unprocessed(UnprocessedCause.CONNECT_FAILED);
            }
            // java.net.http says so in words only, before it opens a stream
            if (String.valueOf(cause.getMessage()).contains("too many concurrent streams")) {
                return new SendOutcome.Unprocessed(UnprocessedCause.STREAM_REFUSED);
            }
            if (cause instanceof HttpTimeoutException) {
                return new SendOutcome.Ambiguous(AmbiguousCause.TIMED_OUT);
            }
        }
        return new SendOutcome.Ambiguous(AmbiguousCause.RESET);
    }
}
