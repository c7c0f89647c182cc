package io.broadcaster.loadtest.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.broadcaster.campaign.Platform;
import io.broadcaster.loadtest.provider.apns.ApnsEndpoint;
import io.broadcaster.loadtest.provider.apns.ProviderTokens;
import io.broadcaster.loadtest.provider.fcm.AccessTokens;
import io.broadcaster.loadtest.provider.fcm.FcmEndpoint;
import io.broadcaster.loadtest.provider.fcm.TokenExchange;
import io.broadcaster.loadtest.provider.journal.Journal;
import io.broadcaster.loadtest.provider.tls.OwnerOnlyFile;
import io.broadcaster.loadtest.provider.tls.ProviderKeys;
import io.broadcaster.loadtest.provider.tls.ServerIdentity;
import io.broadcaster.loadtest.provider.wire.Behaviour;
import io.broadcaster.loadtest.provider.wire.Conduct;
import io.broadcaster.loadtest.provider.wire.Endpoint;
import io.broadcaster.loadtest.provider.wire.PlatformServer;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * An APNs and an FCM HTTP v1 on the loopback interface: real TLS under a CA made at start, real HTTP/2, tokens verified,
 * every header and payload judged by the providers' published rules, every delivery journaled. Safe for any thread; the
 * work is done on {@link SimulatorsConfig#threads} event loops. Start fails when a port is taken or a file cannot be made.
 */
public final class Simulators implements AutoCloseable {
    /** Streams per connection that APNs grants. */
    static final int APNS_STREAMS_MAX = 1_000;

    /** Streams per connection that FCM grants. */
    static final int FCM_STREAMS_MAX = 100;

    private static final long CLOSE_SECONDS_MAX = 5;

    private final SimulatorsConfig config;
    private final EventLoopGroup loops;
    private final Map<Platform, Supplier<Endpoint>> endpoints = new EnumMap<>(Platform.class);
    private final Map<Platform, PlatformServer> servers = new EnumMap<>(Platform.class);
    private final Conduct apnsConduct;
    private final Conduct fcmConduct;
    private final ProviderKeys keys = ProviderKeys.create();
    private final ProviderTokens apnsTokens;
    private final AccessTokens fcmTokens;
    private final AtomicInteger keysMade = new AtomicInteger();
    private final Journal journal;
    private final Files files;

    private Simulators(SimulatorsConfig config) {
        this.config = config;
        InstantSource clock = config.clock();
        journal = new Journal(clock, config.nanoTime());
        apnsTokens = new ProviderTokens(
                keys.apnsPublicKey(), config.app().keyId(), config.app().teamId());
        fcmTokens = new AccessTokens(keys.fcmPublicKey(), account(), new SecureRandom());
        apnsConduct = new Conduct(config.answerTime(), APNS_STREAMS_MAX);
        fcmConduct = new Conduct(config.answerTime(), FCM_STREAMS_MAX);
        ServerIdentity identity = ServerIdentity.create(clock.instant(), new SecureRandom());
        loops = new MultiThreadIoEventLoopGroup(
                config.threads(),
                new DefaultThreadFactory("provider-simulator", true),
                Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        try {
            endpoints.put(Platform.IOS, apnsEndpoints());
            endpoints.put(Platform.ANDROID, fcmEndpoints());
            servers.put(Platform.IOS, serve(Platform.IOS, config.apnsPort(), identity));
            servers.put(Platform.ANDROID, serve(Platform.ANDROID, config.fcmPort(), identity));
            files = writeFiles(identity);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Starts both; they take requests when this returns. */
    public static Simulators start(SimulatorsConfig config) {
        return new Simulators(config);
    }

    /** What senders need to reach the simulators: the sections {@code apns} and {@code fcm}. */
    public Map<String, String> settings() {
        return Map.ofEntries(
                Map.entry("apns.endpoint", endpoint(Platform.IOS).toString()),
                Map.entry("apns.topic", config.app().topic()),
                Map.entry("apns.team-id", config.app().teamId()),
                Map.entry("apns.key-id", config.app().keyId()),
                Map.entry("apns.signing-key-file", files.signingKey().toString()),
                Map.entry("apns.trust-file", files.trust().toString()),
                Map.entry("fcm.endpoint", endpoint(Platform.ANDROID).toString()),
                Map.entry("fcm.project", config.app().project()),
                Map.entry("fcm.service-account-file", files.serviceAccount().toString()),
                Map.entry("fcm.trust-file", files.trust().toString()));
    }

    /** What each device got. */
    public Journal journal() {
        return journal;
    }

    /** {@code https://localhost:port} of one provider. */
    public URI endpoint(Platform platform) {
        return URI.create("https://localhost:" + server(platform).port());
    }

    /** One connection of a provider as a handler that reads and writes HTTP/2 without TLS; for the calling thread only. */
    public ChannelHandler connection(Platform platform) {
        return PlatformServer.http2(endpointsOf(platform).get());
    }

    /** Connections open to one provider now. */
    public int connections(Platform platform) {
        return server(platform).connections();
    }

    /** Different tokens that one provider believed so far: signed by the sender for APNs, issued by FCM. */
    public int tokensSeen(Platform platform) {
        return switch (platform) {
            case IOS -> apnsTokens.seen();
            case ANDROID -> fcmTokens.issued();
        };
    }

    /**
     * Hands out another key of one provider in place of the one before, in the same file. The provider believes both; the
     * answer is the new key's public id.
     */
    public String rotateKey(Platform platform) {
        ProviderKeys fresh = ProviderKeys.create();
        String id = nextKeyId();
        switch (platform) {
            case IOS -> apnsTokens.believe(fresh.apnsPublicKey(), id);
            case ANDROID -> fcmTokens.believe(fresh.fcmPublicKey());
        }
        handOut(platform, fresh, id);
        return id;
    }

    /** Hands out a key that the provider does not know; the answer is its public id. */
    public String handOutUnknownKey(Platform platform) {
        String id = nextKeyId();
        handOut(platform, ProviderKeys.create(), id);
        return id;
    }

    private String nextKeyId() {
        return "ROTATED%03d".formatted(keysMade.incrementAndGet());
    }

    private void handOut(Platform platform, ProviderKeys handed, String id) {
        switch (platform) {
            case IOS -> {
                var key =
                        Map.of("keyId", id, "teamId", config.app().teamId(), "privateKey", handed.apnsSigningKeyPem());
                OwnerOnlyFile.write(files.signingKey(), json(key));
            }
            case ANDROID -> OwnerOnlyFile.write(files.serviceAccount(), serviceAccount(handed, id));
        }
    }

    /** Holds every later answer of one provider back for this long. */
    public void answerTime(Platform platform, Duration time) {
        conduct(platform).answerTime(time);
    }

    /** Treats every later request to one provider like this. */
    public void behaviour(Platform platform, Behaviour behaviour) {
        conduct(platform).behaviour(behaviour);
    }

    /** Grants so many streams per connection of one provider; open connections are told with their next request. */
    public void streams(Platform platform, int streamsMax) {
        conduct(platform).streamsMax(streamsMax);
    }

    /** Whether new connections of one provider have one stream until a valid token came on them, as Apple does. */
    public void oneStreamFirst(Platform platform, boolean one) {
        conduct(platform).oneStreamFirst(one);
    }

    @Override
    public void close() {
        servers.values().forEach(PlatformServer::close);
        loops.shutdownGracefully(0, CLOSE_SECONDS_MAX, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private PlatformServer serve(Platform platform, int port, ServerIdentity identity) {
        boolean http1 = platform == Platform.ANDROID;
        var wire = new PlatformServer.Wire(identity.tls(http1), http1);
        return PlatformServer.start(loops, port, wire, endpointsOf(platform));
    }

    private Supplier<Endpoint> apnsEndpoints() {
        ProviderTokens tokens = apnsTokens;
        var ids = new SplittableRandom(config.seed());
        return () -> {
            SplittableRandom own;
            synchronized (ids) {
                own = ids.split();
            }
            var simulation = new ApnsEndpoint.Simulation(
                    apnsConduct, config.clock(), () -> new UUID(own.nextLong(), own.nextLong()));
            return new ApnsEndpoint(config.app().topic(), tokens, journal, simulation);
        };
    }

    private Supplier<Endpoint> fcmEndpoints() {
        AccessTokens tokens = fcmTokens;
        var simulation = new FcmEndpoint.Simulation(journal, fcmConduct, config.clock(), new AtomicLong());
        String project = config.app().project();
        // The token endpoint's own address is known only once the socket is bound, and no request comes before that.
        return () -> new FcmEndpoint(project, tokens, new TokenExchange(tokens, tokenUri()), simulation);
    }

    private Files writeFiles(ServerIdentity identity) {
        Path directory = config.directory();
        OwnerOnlyFile.createDirectory(directory);
        return new Files(
                OwnerOnlyFile.write(directory.resolve("ca.pem"), identity.authorityPem()),
                OwnerOnlyFile.write(
                        directory.resolve("AuthKey_" + config.app().keyId() + ".p8"), keys.apnsSigningKeyPem()),
                OwnerOnlyFile.write(directory.resolve("service-account.json"), serviceAccount(keys, "simulated")));
    }

    private String serviceAccount(ProviderKeys handed, String keyId) {
        var account = Map.of(
                "type", "service_account",
                "project_id", config.app().project(),
                "private_key_id", keyId,
                "private_key", handed.fcmPrivateKeyPem(),
                "client_email", account(),
                "client_id", "100000000000000000000",
                "token_uri", tokenUri());
        return json(account);
    }

    private static String json(Map<String, String> texts) {
        try {
            return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(texts);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of texts is always JSON", e);
        }
    }

    private String account() {
        return "sender@" + config.app().project() + ".iam.gserviceaccount.com";
    }

    private String tokenUri() {
        return endpoint(Platform.ANDROID) + TokenExchange.PATH;
    }

    private Supplier<Endpoint> endpointsOf(Platform platform) {
        Supplier<Endpoint> own = endpoints.get(platform);
        if (own == null) {
            throw new IllegalStateException("simulator of " + platform + " is not started");
        }
        return own;
    }

    private PlatformServer server(Platform platform) {
        PlatformServer server = servers.get(platform);
        if (server == null) {
            throw new IllegalStateException("simulator of " + platform + " is not started");
        }
        return server;
    }

    private Conduct conduct(Platform platform) {
        return switch (platform) {
            case IOS -> apnsConduct;
            case ANDROID -> fcmConduct;
        };
    }

    /** What a sender is given. */
    private record Files(Path trust, Path signingKey, Path serviceAccount) {}
}
