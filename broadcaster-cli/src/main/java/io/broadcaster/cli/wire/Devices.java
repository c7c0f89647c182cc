package io.broadcaster.cli.wire;

import io.broadcaster.audience.DeviceToken;
import io.broadcaster.campaign.Platform;
import io.broadcaster.loadtest.audience.SyntheticAudience;
import io.broadcaster.sender.send.BatchTokens;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/** Some thousand made-up devices that a pump goes through again and again: no two neighbours are alike. Immutable. */
final class Devices {
    private static final int COUNT = 1 << 12;
    private static final long SEED = 3;

    private final List<String> tokens;
    private final byte[][] stored;

    private Devices(Platform platform, List<String> tokens) {
        this.tokens = tokens;
        this.stored = tokens.stream()
                .map(token -> switch (platform) {
                    case IOS -> HexFormat.of().parseHex(token);
                    case ANDROID -> token.getBytes(StandardCharsets.US_ASCII);
                })
                .toArray(byte[][]::new);
    }

    static Devices of(Platform platform) {
        long ios = platform == Platform.IOS ? COUNT : 0;
        return new Devices(
                platform,
                new SyntheticAudience(ios, COUNT - ios, SEED)
                        .devices()
                        .map(device -> device.token())
                        .map(DeviceToken::value)
                        .toList());
    }

    /** The token of the n-th request. */
    String token(long request) {
        return tokens.get((int) (request & (COUNT - 1)));
    }

    List<String> tokens() {
        return tokens;
    }

    /** The tokens of one batch, in stored form. */
    BatchTokens batch(int batch, int devices) {
        return new BatchTokens() {
            @Override
            public int devices() {
                return devices;
            }

            @Override
            public int copyToken(int position, byte[] into) {
                byte[] token = stored[(batch * devices + position) & (COUNT - 1)];
                System.arraycopy(token, 0, into, 0, token.length);
                return token.length;
            }
        };
    }
}
