package io.broadcaster.aws.rehearsal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;

/** HTTP clients whose every request is answered in the process, at once, out of one {@link RehearsalAnswers}. Any thread. */
public final class RehearsalTransport {
    private static final int HTTP_OK = 200;

    /** How long a receive that finds nothing waits. */
    private static final long EMPTY_WAIT_MILLIS = 5;

    private static final Executor LATER =
            CompletableFuture.delayedExecutor(EMPTY_WAIT_MILLIS, TimeUnit.MILLISECONDS, Runnable::run);

    private final RehearsalAnswers answers = new RehearsalAnswers();

    public SdkHttpClient blocking() {
        return new Blocking(answers);
    }

    public SdkAsyncHttpClient asynchronous() {
        return new Asynchronous(answers);
    }

    private static String target(SdkHttpRequest request) {
        return request.firstMatchingHeader("X-Amz-Target").orElse("");
    }

    private static SdkHttpResponse head(byte[] body) {
        return SdkHttpResponse.builder()
                .statusCode(HTTP_OK)
                .putHeader("Content-Type", "application/x-amz-json-1.0")
                .putHeader("Content-Length", Integer.toString(body.length))
                .build();
    }

    private record Blocking(RehearsalAnswers answers) implements SdkHttpClient {
        @Override
        public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
            return new ExecutableHttpRequest() {
                @Override
                public HttpExecuteResponse call() throws IOException {
                    byte[] body = answers.answer(target(request.httpRequest()), content(request));
                    return HttpExecuteResponse.builder()
                            .response(head(body))
                            .responseBody(AbortableInputStream.create(new ByteArrayInputStream(body)))
                            .build();
                }

                @Override
                public void abort() {}
            };
        }

        private static byte[] content(HttpExecuteRequest request) throws IOException {
            var provider = request.contentStreamProvider();
            if (provider.isEmpty()) {
                return new byte[0];
            }
            try (InputStream content = provider.get().newStream()) {
                return content.readAllBytes();
            }
        }

        @Override
        public void close() {}
    }

    private record Asynchronous(RehearsalAnswers answers) implements SdkAsyncHttpClient {
        @Override
        public CompletableFuture<Void> execute(AsyncExecuteRequest request) {
            var content = new Content();
            request.requestContentPublisher().subscribe(content);
            byte[] body;
            try {
                body = answers.answer(target(request.request()), content.bytes.toByteArray());
            } catch (IOException e) {
                request.responseHandler().onError(e);
                return CompletableFuture.failedFuture(e);
            }
            if (!Arrays.equals(body, RehearsalAnswers.NO_MESSAGES)) {
                give(request, body);
                return CompletableFuture.completedFuture(null);
            }
            return CompletableFuture.runAsync(
                    () -> give(request, body), LATER); // as a long poll: pollers must not spin
        }

        private static void give(AsyncExecuteRequest request, byte[] body) {
            request.responseHandler().onHeaders(head(body));
            request.responseHandler().onStream(AsyncRequestBody.fromBytes(body));
        }

        @Override
        public void close() {}
    }

    /** The SDK's body of a queue call is in memory, so that all of it comes while it is subscribed to. */
    private static final class Content implements Subscriber<ByteBuffer> {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public void onSubscribe(Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(ByteBuffer part) {
            byte[] copy = new byte[part.remaining()];
            part.get(copy);
            bytes.writeBytes(copy);
        }

        @Override
        public void onError(Throwable failure) {
            throw new IllegalStateException("a body in memory must be readable", failure);
        }

        @Override
        public void onComplete() {}
    }
}
