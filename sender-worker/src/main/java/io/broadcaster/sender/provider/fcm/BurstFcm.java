package io.broadcaster.sender.provider.fcm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.auth.oauth2.ServiceAccountCredentials;
import io.broadcaster.audience.Manifest;
import io.broadcaster.campaign.LaunchId;
import io.broadcaster.config.ConfigException;
import io.broadcaster.delivery.OutcomeCode;
import io.broadcaster.delivery.SendOutcome;
import io.broadcaster.delivery.SendOutcome.UnprocessedCause;
import io.broadcaster.sender.provider.http2.Answer;
import io.broadcaster.sender.provider.http2.BurstConfig;
import io.broadcaster.sender.provider.http2.BurstSender;
import io.broadcaster.sender.provider.http2.HeadField;
import io.broadcaster.sender.provider.http2.LoopbackPeer;
import io.broadcaster.sender.provider.http2.Provider;
import io.broadcaster.sender.provider.http2.RequestForm;
import io.broadcaster.sender.provider.http2.Transport;
import io.broadcaster.sender.send.BatchRequest;
import io.broadcaster.sender.send.BatchSender;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** FCM HTTP v1 for the burst sender: the head is the same for every device, the token stands in the body. Safe for any thread. */
public final class BurstFcm implements Provider {
    /** Variants of the launches in work. */
    private static final int FORMS_MAX = 256;

    private static final int UNAUTHENTICATED = 401;
    private static final String AUTHORIZATION = "authorization";

    /** Tells FCM that we want to know whether it would take the message, to a topic without subscribers. */
    private static final String DRY_RUN = "{\"validate_only\":true,\"message\":{\"topic\":\"broadcaster-warm-up\"}}";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final FcmConfig config;
    private final AccessToken token;
    private final Cache<Shared, RequestForm> forms =
            Caffeine.newBuilder().maximumSize(FORMS_MAX).build();

    /** What requests of one form share. */
    private record Shared(LaunchId launch, Manifest.Variant variant, String authorization) {
        @Override
        public String toString() {
            return "Shared[" + launch + "]"; // the authorization is secret
        }
    }

    private BurstFcm(FcmConfig config, AccessToken token) {
        this.config = config;
        this.token = token;
    }

    /** Opens no connection yet; {@link ConfigException} when the trust file cannot be used. */
    public static BatchSender open(
            FcmConfig config,
            ServiceAccountCredentials account,
            int eventLoops,
            InstantSource clock,
            RandomGenerator random) {
        var provider = new BurstFcm(config, AccessToken.of(config, account));
        return new BurstSender(burst(config, Transport.tls(config.trustFile()), eventLoops), provider, clock, random);
    }

    /** The same to a peer in this process, over few connections and with a token that opens nothing: Google hears nothing of it. */
    public static BatchSender rehearsing(
            FcmConfig config, LoopbackPeer peer, int eventLoops, InstantSource clock, RandomGenerator random) {
        FcmConfig rehearsed = config.at(peer.endpoint(), Math.min(config.connections(), LoopbackPeer.CONNECTIONS));
        var provider = new BurstFcm(rehearsed, AccessToken.fixed("rehearsal", rehearsed));
        return new BurstSender(burst(rehearsed, peer.tls(), eventLoops), provider, clock, random);
    }

    private static BurstConfig burst(FcmConfig config, SslContext tls, int eventLoops) {
        return new BurstConfig(
                "fcm",
                config.endpoint(),
                tls,
                config.connections(),
                config.streamsPerConnection(),
                eventLoops,
                config.connectTimeout(),
                config.requestTimeout());
    }

    @Override
    public RequestForm form(BatchRequest batch) throws CredentialsException {
        return forms.get(new Shared(batch.key().launch(), batch.variant(), token.header()), this::make);
    }

    /** The payload is the message's object without the token, which goes in first. */
    private RequestForm make(Shared shared) {
        String payload = shared.variant().payload();
        return RequestForm.tokenInBody(
                head(shared.authorization()),
                "{\"message\":{\"token\":\"",
                "\"," + payload.substring(1) + "}",
                shared.launch());
    }

    private List<HeadField> head(String authorization) {
        return List.of(
                HeadField.shared(":method", "POST"),
                HeadField.shared(":scheme", "https"),
                HeadField.shared(":authority", config.endpoint().getAuthority()),
                HeadField.shared(":path", "/v1/projects/" + config.project() + "/messages:send"),
                HeadField.shared(AUTHORIZATION, authorization),
                HeadField.shared("content-type", "application/json; charset=UTF-8"));
    }

    @Override
    public RequestForm warmUp() throws CredentialsException {
        return RequestForm.withoutToken(head(token.header()), DRY_RUN);
    }

    @Override
    public Optional<Instant> tokenIssuedAt() {
        return token.issuedAt();
    }

    @Override
    public Optional<String> fault(Answer warmUp) {
        return switch (answered(warmUp, Instant.EPOCH)) {
            case SendOutcome.Rejected(OutcomeCode code)
            when code == OutcomeCode.UNAUTHORIZED -> Optional.of("FCM refuses our credentials");
            case SendOutcome.Unprocessed(var cause)
            when cause == UnprocessedCause.TOKEN_EXPIRED -> Optional.of("FCM refuses our access token");
            case SendOutcome.Unprocessed _, SendOutcome.Ambiguous _ ->
                Optional.of("FCM answers with status " + warmUp.status());
            case SendOutcome.Accepted _, SendOutcome.Rejected _, SendOutcome.Throttled _, SendOutcome.Unregistered _ ->
                Optional.empty();
        };
    }

    @Override
    public SendOutcome outcome(RequestForm form, Answer answer, Instant now) {
        if (answer.status() == UNAUTHENTICATED) {
            form.sharedValue(AUTHORIZATION).ifPresent(token::refused);
        }
        return answered(answer, now);
    }

    /** What the answer means by itself. */
    static SendOutcome answered(Answer answer, Instant now) {
        if (answer.status() == Answer.OK) {
            return SendOutcome.ACCEPTED;
        }
        if (answer.status() == UNAUTHENTICATED) {
            return new SendOutcome.Unprocessed(UnprocessedCause.TOKEN_EXPIRED);
        }
        return FcmAnswers.of(answer.status(), errorCode(answer), answer.headers(), now);
    }

    /** The {@code errorCode} of the {@code FcmError} among the details; empty where there is none. */
    private static String errorCode(Answer answer) {
        try {
            for (JsonNode detail : JSON.readTree(answer.body()).path("error").path("details")) {
                if (detail.path("@type").asText("").endsWith("google.firebase.fcm.v1.FcmError")) {
                    return detail.path("errorCode").asText("");
                }
            }
        } catch (IOException e) {
            return ""; // the status decides alone
        }
        return "";
    }
}
