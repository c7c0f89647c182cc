package io.broadcaster.api.http;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpResponse;
import io.broadcaster.api.identity.Act;

/**
 * One route of the API: what is done, what it takes and who answers. {@code path} is as in OpenAPI, such as
 * {@code /campaigns/{id}}; {@code act} is what the caller must have the right to.
 */
public record Route(HttpMethod method, String path, Act act, Body body, Handler handler) {
    static Route get(String path, Act act, Handler handler) {
        return new Route(HttpMethod.GET, path, act, Body.NONE, handler);
    }

    static Route post(String path, Act act, Handler handler) {
        return new Route(HttpMethod.POST, path, act, Body.JSON, handler);
    }

    static Route put(String path, Act act, Handler handler) {
        return new Route(HttpMethod.PUT, path, act, Body.JSON, handler);
    }

    static Route delete(String path, Act act, Handler handler) {
        return new Route(HttpMethod.DELETE, path, act, Body.NONE, handler);
    }

    Route with(Body other) {
        return new Route(method, path, act, other, handler);
    }

    /** What becomes of a request's body, and what bounds it. */
    enum Body {
        /** At most 4 KiB, and empty. */
        NONE,
        /** The press, and what takes it back: as NONE, whatever it holds, and never turned away for lack of room. */
        PRESS,
        /** At most 256 KiB of JSON. */
        JSON,
        /** A stream that the handler reads and bounds itself. */
        STREAMED,
        /** As NONE; the response is a stream without an end. */
        ENDLESS_ANSWER,
        /** As NONE, and nobody needs to prove who he is. */
        PUBLIC,
        /** As PUBLIC, for browsers: no part of the API and of its description. */
        PAGE
    }

    /** Whether it is for browsers, and not in the API's description. */
    public boolean isPage() {
        return body == Body.PAGE;
    }

    /** Whether the caller must have proved who he is. */
    boolean needsCaller() {
        return body != Body.PUBLIC && body != Body.PAGE;
    }

    /** Whether it is turned away when too much is under way. The streams of events have a room of their own. */
    boolean needsRoom() {
        return body != Body.PRESS && body != Body.ENDLESS_ANSWER;
    }

    /** Answers one request on a virtual thread; may block. */
    @FunctionalInterface
    interface Handler {
        HttpResponse handle(Call call) throws Exception;
    }
}
