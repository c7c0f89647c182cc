package io.broadcaster.loader.store;

import io.broadcaster.audience.Device;
import io.broadcaster.audience.DeviceToken;
import io.broadcaster.audience.UserId;
import io.broadcaster.campaign.LocaleTag;
import io.broadcaster.campaign.Platform;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.Function;

/**
 * A resolved device as bytes of a work segment: length, registration time, platform, token, user, locale. Work segments
 * live as long as one load, so the form may change between versions.
 */
final class DeviceRecord {
    private static final int TIME_AT = 4;
    private static final int PLATFORM_AT = 12;
    private static final int TOKEN_LENGTH_AT = 13;
    private static final int TOKEN_AT = 15;
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);

    private DeviceRecord() {}

    static byte[] encode(UserId user, Device device) {
        byte[] token = device.token().value().getBytes(StandardCharsets.US_ASCII);
        byte[] userBytes = user.value().getBytes(StandardCharsets.UTF_8);
        byte[] locale = device.locale().value().getBytes(StandardCharsets.US_ASCII);
        int length = TOKEN_AT + token.length + Short.BYTES + userBytes.length + 1 + locale.length;
        return ByteBuffer.allocate(length)
                .putInt(length)
                .putLong(device.registeredAt().toEpochMilli())
                .put(code(device.platform()))
                .putShort((short) token.length)
                .put(token)
                .putShort((short) userBytes.length)
                .put(userBytes)
                .put((byte) locale.length)
                .put(locale)
                .array();
    }

    static int length(byte[] records, int at) {
        return (int) INT.get(records, at);
    }

    /** The bucket of a record among {@link Segment#BUCKETS}: the same for every record of a device. */
    static int bucket(byte[] record) {
        int end = TOKEN_AT + shortAt(record, TOKEN_LENGTH_AT);
        int hash = 0x811c_9dc5;
        for (int i = PLATFORM_AT; i < end; i++) {
            hash = (hash ^ record[i]) * 0x0100_0193;
        }
        hash ^= hash >>> 16;
        hash *= 0x85eb_ca6b;
        hash ^= hash >>> 13;
        hash *= 0xc2b2_ae35;
        return (hash ^ hash >>> 16) >>> (Integer.SIZE - Segment.BUCKET_BITS);
    }

    static boolean sameDevice(byte[] records, int left, int right) {
        return compareDevices(records, left, right) == 0;
    }

    /** By platform and token; among those of one device the latest registration first, then by user and locale. */
    static int compare(byte[] records, int left, int right) {
        int byDevice = compareDevices(records, left, right);
        if (byDevice != 0) {
            return byDevice;
        }
        int byTime = Long.compare((long) LONG.get(records, right + TIME_AT), (long) LONG.get(records, left + TIME_AT));
        if (byTime != 0) {
            return byTime;
        }
        return Arrays.compareUnsigned(
                records,
                left + TOKEN_AT,
                left + length(records, left),
                records,
                right + TOKEN_AT,
                right + length(records, right));
    }

    static UserId user(byte[] records, int at) {
        int userAt = userAt(records, at);
        return new UserId(text(records, userAt + Short.BYTES, shortAt(records, userAt)));
    }

    static Device device(byte[] records, int at, Function<String, LocaleTag> locales) {
        int userAt = userAt(records, at);
        int localeAt = userAt + Short.BYTES + shortAt(records, userAt);
        return new Device(
                platform(records[at + PLATFORM_AT]),
                new DeviceToken(text(records, at + TOKEN_AT, shortAt(records, at + TOKEN_LENGTH_AT))),
                locales.apply(text(records, localeAt + 1, records[localeAt])),
                Instant.ofEpochMilli((long) LONG.get(records, at + TIME_AT)));
    }

    private static int userAt(byte[] records, int at) {
        return at + TOKEN_AT + shortAt(records, at + TOKEN_LENGTH_AT);
    }

    private static int compareDevices(byte[] records, int left, int right) {
        return Arrays.compareUnsigned(
                records,
                left + PLATFORM_AT,
                tokenEnd(records, left),
                records,
                right + PLATFORM_AT,
                tokenEnd(records, right));
    }

    private static int tokenEnd(byte[] records, int at) {
        int length = shortAt(records, at + TOKEN_LENGTH_AT);
        return at + TOKEN_AT + length;
    }

    private static short shortAt(byte[] records, int at) {
        return (short) SHORT.get(records, at);
    }

    private static byte code(Platform platform) {
        return switch (platform) {
            case IOS -> 0;
            case ANDROID -> 1;
        };
    }

    private static Platform platform(byte code) {
        return code == 0 ? Platform.IOS : Platform.ANDROID;
    }

    private static String text(byte[] records, int at, int length) {
        return new String(records, at, length, StandardCharsets.UTF_8);
    }
}
