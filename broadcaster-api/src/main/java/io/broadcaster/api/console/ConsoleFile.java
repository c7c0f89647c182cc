package io.broadcaster.api.console;

/**
 * One file of the console: the route that serves it, as in OpenAPI, its media type, its ETag with quotes, and its bytes,
 * which nobody may change.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; the bytes go out as they are
public record ConsoleFile(String path, String mediaType, String etag, byte[] content) {}
