package io.broadcaster.loadtest.audience;

import io.broadcaster.audience.Device;
import io.broadcaster.audience.DeviceToken;
import io.broadcaster.audience.UserId;
import io.broadcaster.campaign.LocaleTag;
import io.broadcaster.campaign.Platform;
import io.broadcaster.delivery.OutcomeCode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A made-up audience that is the same for the same seed and sizes: every tenth user has two devices, the platforms are
 * mixed, five locales by weight, 0.4 % dead and 0.1 % bad tokens by the simulators' prefixes. Constant memory: every call
 * of {@link #users} makes it anew. Immutable, safe for any thread.
 */
public final class SyntheticAudience {
    /** The locales with their share in percent. */
    private static final List<Share> LOCALES = List.of(
            new Share(new LocaleTag("en"), 45),
            new Share(new LocaleTag("de"), 20),
            new Share(new LocaleTag("fr"), 15),
            new Share(new LocaleTag("es"), 12),
            new Share(new LocaleTag("pt-BR"), 8));

    /** Of 1,000 devices, 4 are dead, and 1 more bears a bad token. */
    private static final int DEAD_PER_THOUSAND = 4;

    private static final int BAD_PER_THOUSAND = 1;
    private static final int USERS_PER_SECOND_DEVICE = 10;

    private static final Instant FIRST_REGISTRATION = Instant.parse("2025-01-01T00:00:00Z");
    private static final long REGISTRATION_SECONDS = Duration.ofDays(300).toSeconds();

    private static final int TEST_AUDIENCE = 100;

    private static final int IOS_TOKEN_BYTES = 32;
    private static final String DEAD_HEX = "dead";
    private static final String BAD_HEX = "bad0";

    /** An FCM token: an instance id of 22 characters, a colon, then 140. */
    private static final int INSTANCE_CHARACTERS = 22;

    private static final int REST_CHARACTERS = 140;
    private static final String LIVE_START = "APA91b";
    private static final String DEAD_START = "dead";
    private static final String BAD_START = "bad0";
    private static final String TOKEN_CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    /** 64 characters to choose from: six bits each, ten of them in one draw. */
    private static final int BITS_PER_CHARACTER = 6;

    private static final int CHARACTERS_PER_DRAW = 10;

    private final long iosDevices;
    private final long androidDevices;
    private final long seed;

    /** An audience of exactly these many devices; fewer users. */
    public SyntheticAudience(long iosDevices, long androidDevices, long seed) {
        if (iosDevices < 0 || androidDevices < 0) {
            throw new IllegalArgumentException(
                    "devices must not be negative, but were " + iosDevices + " and " + androidDevices);
        }
        this.iosDevices = iosDevices;
        this.androidDevices = androidDevices;
        this.seed = seed;
    }

    /** One user with all devices. */
    public record UserDevices(UserId user, List<Device> devices) {
        public UserDevices {
            devices = List.copyOf(devices);
        }
    }

    private record Share(LocaleTag locale, int percent) {}

    private enum Fate {
        LIVE,
        DEAD,
        BAD
    }

    /** The locales that occur. */
    public static List<LocaleTag> locales() {
        return LOCALES.stream().map(Share::locale).toList();
    }

    /** One device per platform that takes what it is sent: a phone of the team, outside of every other seed's audience. */
    public static List<Device> testDevices(long seed) {
        return Arrays.stream(Platform.values())
                .map(platform -> new SyntheticAudience(TEST_AUDIENCE, TEST_AUDIENCE, seed)
                        .devices()
                        .filter(device -> device.platform() == platform)
                        .filter(device -> expected(device) == OutcomeCode.ACCEPTED)
                        .findFirst()
                        .orElseThrow())
                .toList();
    }

    /** Devices of one platform. */
    public long devices(Platform platform) {
        return switch (platform) {
            case IOS -> iosDevices;
            case ANDROID -> androidDevices;
        };
    }

    /** Devices of both platforms. */
    public long size() {
        return iosDevices + androidDevices;
    }

    /** Every user once, in the order of their ids' numbers. */
    public Stream<UserDevices> users() {
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(
                        new Users(), Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.IMMUTABLE),
                false);
    }

    /** Every device once, in the order of users. */
    public Stream<Device> devices() {
        return users().flatMap(user -> user.devices().stream());
    }

    /** What a provider that behaves must make of this device: ACCEPTED, UNREGISTERED or BAD_TOKEN. */
    public static OutcomeCode expected(Device device) {
        return expected(device.platform(), device.token());
    }

    /** The same of a token. */
    public static OutcomeCode expected(Platform platform, DeviceToken token) {
        String text = token.value();
        return switch (platform) {
            case IOS -> outcome(text.startsWith(DEAD_HEX), text.startsWith(BAD_HEX));
            case ANDROID -> outcome(text.contains(":" + DEAD_START), text.contains(":" + BAD_START));
        };
    }

    @Override
    public String toString() {
        return "synthetic audience of " + iosDevices + " ios and " + androidDevices + " android devices, seed " + seed;
    }

    private static OutcomeCode outcome(boolean dead, boolean bad) {
        if (bad) {
            return OutcomeCode.BAD_TOKEN;
        }
        return dead ? OutcomeCode.UNREGISTERED : OutcomeCode.ACCEPTED;
    }

    private static Device device(Platform platform, SplittableRandom random) {
        Fate fate = fate(random.nextInt(1_000));
        var token = new DeviceToken(
                switch (platform) {
                    case IOS -> iosToken(fate, random);
                    case ANDROID -> androidToken(fate, random);
                });
        return new Device(
                platform, token, locale(random), FIRST_REGISTRATION.plusSeconds(random.nextLong(REGISTRATION_SECONDS)));
    }

    private static Fate fate(int perThousand) {
        if (perThousand < DEAD_PER_THOUSAND) {
            return Fate.DEAD;
        }
        return perThousand < DEAD_PER_THOUSAND + BAD_PER_THOUSAND ? Fate.BAD : Fate.LIVE;
    }

    private static LocaleTag locale(SplittableRandom random) {
        int percent = random.nextInt(100);
        for (Share share : LOCALES) {
            percent -= share.percent();
            if (percent < 0) {
                return share.locale();
            }
        }
        throw new IllegalStateException("shares of locales must add up to 100");
    }

    private static String iosToken(Fate fate, SplittableRandom random) {
        byte[] bytes = new byte[IOS_TOKEN_BYTES];
        random.nextBytes(bytes);
        String hex = HexFormat.of().formatHex(bytes);
        return switch (fate) {
            case LIVE -> hex;
            case DEAD -> DEAD_HEX + hex.substring(DEAD_HEX.length());
            case BAD -> BAD_HEX + hex.substring(BAD_HEX.length());
        };
    }

    private static String androidToken(Fate fate, SplittableRandom random) {
        String start = switch (fate) {
            case LIVE -> LIVE_START;
            case DEAD -> DEAD_START;
            case BAD -> BAD_START;
        };
        var token = new StringBuilder(INSTANCE_CHARACTERS + 1 + REST_CHARACTERS);
        append(token, INSTANCE_CHARACTERS, random);
        token.append(':').append(start);
        append(token, REST_CHARACTERS - start.length(), random);
        return token.toString();
    }

    private static void append(StringBuilder token, int characters, SplittableRandom random) {
        long bits = 0;
        for (int i = 0; i < characters; i++) {
            if (i % CHARACTERS_PER_DRAW == 0) {
                bits = random.nextLong();
            }
            token.append(TOKEN_CHARACTERS.charAt((int) bits & (TOKEN_CHARACTERS.length() - 1)));
            bits >>>= BITS_PER_CHARACTER;
        }
    }

    /** Makes user after user; confined to the stream's thread. */
    private final class Users implements Iterator<UserDevices> {
        private final SplittableRandom random = new SplittableRandom(seed);
        private long iosLeft = iosDevices;
        private long androidLeft = androidDevices;
        private long user;

        @Override
        public boolean hasNext() {
            return iosLeft + androidLeft > 0;
        }

        @Override
        public UserDevices next() {
            if (!hasNext()) {
                throw new NoSuchElementException("the audience has ended");
            }
            var devices = new ArrayList<Device>(2);
            int wanted = random.nextInt(USERS_PER_SECOND_DEVICE) == 0 ? 2 : 1;
            while (devices.size() < wanted && hasNext()) {
                devices.add(device(nextPlatform(), random));
            }
            return new UserDevices(new UserId("user-" + user++), devices);
        }

        private Platform nextPlatform() {
            if (random.nextLong(iosLeft + androidLeft) < iosLeft) {
                iosLeft--;
                return Platform.IOS;
            }
            androidLeft--;
            return Platform.ANDROID;
        }
    }
}
