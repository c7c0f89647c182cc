package io.broadcaster.loadtest.provider.wire;

import io.broadcaster.loadtest.provider.hpack.FieldNames;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** An endpoint that writes requests down and answers with their paths, in the body or in the open header. */
final class Scripted implements Endpoint {
    static final FieldNames NAMES = FieldNames.of(List.of("x-kind", "x-id"), List.of("x-id"));
    static final int KIND = FieldNames.WANTED;
    static final int ID = KIND + 1;

    private static final AnswerHead WITH_BODY = AnswerHead.of(200, AsciiString.of("x-of"), AsciiString.of("path"));
    private static final AnswerHead WITHOUT_BODY = AnswerHead.of(200).withOpen(AsciiString.of("x-id"));

    final List<String> requests = new ArrayList<>();
    long answerNanos;
    int streamsMax;
    int requestsMax = Conduct.NO_END;
    private final ProviderAnswer answer = new ProviderAnswer(WITHOUT_BODY);

    @Override
    public FieldNames names() {
        return NAMES;
    }

    @Override
    public void begin() {}

    @Override
    public ProviderAnswer answer(ProviderRequest request) {
        Slice id = request.slice(ID);
        if (request.path().text().equals("/refused")) {
            return answer.refused();
        }
        if (request.path().text().equals("/silent")) {
            return answer.silent();
        }
        var kind = request.field(KIND);
        requests.add(request.path().text() + " " + (kind == null ? "-" : kind.text()) + " " + id.text() + " "
                + new String(
                        request.body(),
                        request.bodyFrom(),
                        Math.min(request.length(), bodyMax()),
                        StandardCharsets.US_ASCII)
                + " " + request.length());
        return id.isPresent()
                ? answer.set(WITHOUT_BODY, ProviderAnswer.EMPTY).open(id.bytes(), id.from(), id.length())
                : answer.set(WITH_BODY, request.path().text().getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public long answerNanos() {
        return answerNanos;
    }

    @Override
    public int streamsMax() {
        return streamsMax;
    }

    @Override
    public int requestsMax() {
        return requestsMax;
    }

    @Override
    public int bodyMax() {
        return 50_000;
    }
}
