package io.broadcaster.api.http;

/** The body is of a type that the route does not take: 415. */
final class UnsupportedTypeException extends RuntimeException {
    UnsupportedTypeException(String message) {
        super(message);
    }
}
