package io.broadcaster.sender.provider.rotation;

import io.broadcaster.campaign.Platform;
import io.broadcaster.config.Secret;
import io.broadcaster.config.SecretException;
import io.broadcaster.config.SecretPlace;
import io.broadcaster.config.SecretStore;
import io.broadcaster.delivery.ProviderKey;
import io.broadcaster.delivery.ProviderKey.Phase;
import io.broadcaster.sender.provider.rotation.RotatingSender.Offered;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at one platform's secret and offers a new one to the senders that use it. Whatever is wrong with it, the last good
 * key stays in use, and {@link #status} says so. Confined to the thread of its rounds but where said; bound: a refused key is
 * offered again after pauses that double from {@link #PAUSE_FIRST} to {@link #PAUSE_MOST}.
 */
public final class SecretWatch<K> {
    private static final Logger log = LoggerFactory.getLogger(SecretWatch.class);

    /** Apple may need a moment until all of its hosts know a key. */
    private static final Duration PAUSE_FIRST = Duration.ofMinutes(1);

    private static final Duration PAUSE_MOST = Duration.ofMinutes(15);

    private final Platform platform;
    private final Watched<K> watched;
    private final List<RotatingSender<K>> senders;
    private final InstantSource clock;
    private volatile Seen seen = new Seen(Phase.IN_USE, "");
    private final AtomicInteger rotations = new AtomicInteger();
    private String offered = "";
    private Instant offerAgainAt = Instant.EPOCH;
    private Duration pause = PAUSE_FIRST;

    /** Where the secret is and how it is read. */
    public record Watched<K>(SecretStore store, SecretPlace place, ReadKey.Reader<K> reader) {}

    private record Seen(Phase phase, String why) {}

    public SecretWatch(Platform platform, Watched<K> watched, List<RotatingSender<K>> senders, InstantSource clock) {
        this.platform = platform;
        this.watched = watched;
        this.senders = List.copyOf(senders);
        this.clock = clock;
    }

    /** Which key is in use, and what is wrong with a newer one. Any thread. */
    public ProviderKey status() {
        Seen now = seen;
        var first = senders.getFirst();
        return new ProviderKey(platform, first.key(), now.phase(), now.why(), first.tokenIssuedAt());
    }

    /** Whose key it is. */
    public Platform platform() {
        return platform;
    }

    /** Keys taken since the start. */
    public int rotations() {
        return rotations.get();
    }

    /** One look. */
    public void look() {
        senders.forEach(RotatingSender::tidy);
        Secret secret;
        try {
            secret = watched.store().read(watched.place());
        } catch (SecretException e) {
            tell(Phase.UNREADABLE, String.valueOf(e.getMessage()));
            return;
        }
        try {
            consider(secret);
        } finally {
            secret.wipe();
        }
    }

    private void consider(Secret secret) {
        String fingerprint = secret.fingerprint();
        if (senders.stream().allMatch(sender -> sender.uses(fingerprint))) {
            tell(Phase.IN_USE, "");
            return;
        }
        if (!fingerprint.equals(offered)) {
            offerAgainAt = Instant.EPOCH;
            pause = PAUSE_FIRST;
        }
        if (clock.instant().isBefore(offerAgainAt)) {
            if (seen.phase() != Phase.REFUSED) { // it was taken, and fell back since
                tell(Phase.REFUSED, "the provider refused notifications under the new key");
            }
            return;
        }
        try {
            ReadKey<K> key = watched.reader().read(secret);
            offered = fingerprint;
            offerAgainAt = clock.instant().plus(pause);
            pause = pause.multipliedBy(2).compareTo(PAUSE_MOST) > 0 ? PAUSE_MOST : pause.multipliedBy(2);
            offer(key);
        } catch (SecretException e) {
            tell(Phase.BROKEN, String.valueOf(e.getMessage()));
        }
    }

    private void offer(ReadKey<K> key) {
        for (RotatingSender<K> sender : senders) {
            if (!sender.uses(key.fingerprint()) && sender.offer(key) instanceof Offered.Refused(String why)) {
                tell(Phase.REFUSED, why);
                return;
            }
        }
        rotations.incrementAndGet();
        log.atInfo()
                .addKeyValue("platform", platform.wireName())
                .addKeyValue("key", key.name())
                .log("a new key is in use");
        tell(Phase.IN_USE, "");
    }

    /** Logs each change once. */
    private void tell(Phase phase, String why) {
        Seen before = seen;
        seen = new Seen(phase, why);
        if (before.phase() != phase && phase != Phase.IN_USE) {
            log.atWarn()
                    .addKeyValue("platform", platform.wireName())
                    .addKeyValue("phase", phase)
                    .addKeyValue("why", why)
                    .log("the secret cannot be taken into use; the last good key stays");
        }
    }
}
