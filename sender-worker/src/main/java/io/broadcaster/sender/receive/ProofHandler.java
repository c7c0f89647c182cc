package io.broadcaster.sender.receive;

import io.broadcaster.audience.DeviceToken;
import io.broadcaster.audience.Manifest;
import io.broadcaster.audience.ObjectStore;
import io.broadcaster.campaign.Campaign;
import io.broadcaster.campaign.CampaignStore;
import io.broadcaster.campaign.DeliveryPolicy;
import io.broadcaster.campaign.LaunchId;
import io.broadcaster.campaign.LocaleTag;
import io.broadcaster.campaign.Platform;
import io.broadcaster.delivery.BatchKey;
import io.broadcaster.delivery.OutcomeCode;
import io.broadcaster.delivery.Proof;
import io.broadcaster.delivery.ProofStore;
import io.broadcaster.delivery.SendOutcome;
import io.broadcaster.delivery.TestDevice;
import io.broadcaster.delivery.TestDeviceStore;
import io.broadcaster.sender.send.BatchDrive;
import io.broadcaster.sender.send.BatchObserver;
import io.broadcaster.sender.send.BatchPlan;
import io.broadcaster.sender.send.BatchRequest;
import io.broadcaster.sender.send.BatchTokens;
import io.broadcaster.sender.send.Stop;
import io.broadcaster.sender.snapshot.WantedSnapshot;
import io.broadcaster.snapshot.LoadedSnapshot;
import io.broadcaster.task.Handling;
import io.broadcaster.task.Lease;
import io.broadcaster.task.MessageHandler;
import io.broadcaster.task.ProofTask;
import io.broadcaster.task.TaskCodec;
import io.broadcaster.task.TaskQueue.Received;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers proofs: the sealed snapshot's very payload, through the vendor's library, to one registered test device. Called
 * on a virtual thread per proof. A proof that cannot be sent any more is answered as BAD_REQUEST, so that nobody waits.
 */
public final class ProofHandler implements MessageHandler {
    /** A person waits for it. */
    static final Duration TIME_MAX = Duration.ofSeconds(30);

    private static final Logger log = LoggerFactory.getLogger(ProofHandler.class);

    private final Stores stores;
    private final Map<Platform, BatchDrive> drives;
    private final InstantSource clock;

    /** Where a proof's parts are. */
    public record Stores(
            CampaignStore campaigns, ObjectStore objects, ProofStore proofs, TestDeviceStore testDevices) {}

    public ProofHandler(Stores stores, Map<Platform, BatchDrive> drives, InstantSource clock) {
        this.stores = stores;
        this.drives = Map.copyOf(drives);
        this.clock = clock;
    }

    @Override
    public Handling handle(Received message, Lease lease) {
        ProofTask task = TaskCodec.readProof(message.body());
        Optional<Proof> found = stores.proofs().find(task.campaign(), task.proofId());
        if (found.isEmpty() || found.get().result() != OutcomeCode.PENDING) {
            return Handling.DONE;
        }
        Proof proof = found.get();
        OutcomeCode code = send(proof, lease);
        if (code == OutcomeCode.PENDING) {
            return Handling.RETURN_NOW;
        }
        stores.proofs().put(proof.answered(code));
        log.atInfo()
                .addKeyValue("campaign", proof.campaign())
                .addKeyValue("proof", proof.id())
                .addKeyValue("platform", proof.platform().wireName())
                .addKeyValue("result", code)
                .log("proof answered");
        return Handling.DONE;
    }

    private OutcomeCode send(Proof proof, Lease lease) {
        Optional<TestDevice> device = stores.testDevices().find(proof.testDevice());
        Optional<Campaign> campaign =
                stores.campaigns().find(proof.campaign()).filter(found -> found.revision() == proof.revision());
        Optional<WantedSnapshot> snapshot = campaign.flatMap(WantedSnapshot::of);
        if (device.isEmpty() || campaign.isEmpty() || snapshot.isEmpty()) {
            return OutcomeCode.BAD_REQUEST;
        }
        Manifest manifest = LoadedSnapshot.readManifest(
                stores.objects(), snapshot.get().manifestKey(), snapshot.get().manifestSha256());
        Optional<Manifest.Variant> variant =
                variant(manifest, proof, campaign.get().spec().defaultLocale());
        if (variant.isEmpty() || !manifest.contentHash().equals(proof.contentHash())) {
            return OutcomeCode.BAD_REQUEST;
        }
        Instant now = clock.instant();
        var request = new BatchRequest(
                new BatchKey(launchOf(proof), proof.platform(), 0),
                variant.get(),
                manifest.kind(),
                now,
                manifest.expiry(),
                now.plus(TIME_MAX),
                new OneToken(proof.platform(), device.get().token()),
                new int[0],
                () -> false);
        var plan = new BatchPlan(new byte[1], false, DeliveryPolicy.AT_LEAST_ONCE, now.plus(TIME_MAX));
        var drive = drives.get(proof.platform());
        if (drive == null) {
            throw new IllegalStateException("no sender for " + proof.platform());
        }
        return OutcomeCode.of(drive.send(
                        request,
                        plan,
                        () -> lease.held() ? Optional.empty() : Optional.of(Stop.GIVEN_BACK),
                        new Unobserved())
                .outcomes()[0]);
    }

    /** As the loader chooses for a device: exactly the locale, else its language, else the campaign's default. */
    private static Optional<Manifest.Variant> variant(Manifest manifest, Proof proof, LocaleTag byDefault) {
        return Stream.of(proof.locale(), proof.locale().language(), byDefault)
                .flatMap(locale -> manifest.variants().stream()
                        .filter(variant -> variant.platform() == proof.platform())
                        .filter(variant -> variant.locale().equals(locale)))
                .findFirst();
    }

    /** A collapse id of its own, so that a proof and the launch never replace each other on the phone. */
    private static LaunchId launchOf(Proof proof) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(("proof/" + proof.campaign() + "/" + proof.id()).getBytes(StandardCharsets.UTF_8));
            return new LaunchId(HexFormat.of().formatHex(hash, 0, 16));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private record OneToken(Platform platform, DeviceToken token) implements BatchTokens {
        @Override
        public int devices() {
            return 1;
        }

        @Override
        public int copyToken(int position, byte[] into) {
            byte[] stored = switch (platform) {
                case IOS -> HexFormat.of().parseHex(token.value());
                case ANDROID -> token.value().getBytes(StandardCharsets.US_ASCII);
            };
            System.arraycopy(stored, 0, into, 0, stored.length);
            return stored.length;
        }
    }

    /** Proofs are no launch: they have no timings. */
    private record Unobserved() implements BatchObserver {
        @Override
        public void firstRequest(Instant at) {
            // proofs have no timings
        }

        @Override
        public void firstAnswer(Instant at) {
            // proofs have no timings
        }

        @Override
        public void attempts(SendOutcome outcome, int devices) {
            // counted by the proof's result
        }

        @Override
        public void settled(OutcomeCode code, int devices, Instant at) {
            // counted by the proof's result
        }
    }
}
