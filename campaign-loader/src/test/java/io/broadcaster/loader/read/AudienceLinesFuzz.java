package io.broadcaster.loader.read;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.broadcaster.campaign.AudienceSource;
import io.broadcaster.campaign.AudienceSource.Compression;
import io.broadcaster.campaign.AudienceSource.Format;
import io.broadcaster.campaign.InvalidInput;
import io.broadcaster.testkit.FakeObjectStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Any bytes as an audience: lines within the bounds, or InvalidInput, and nothing else. */
final class AudienceLinesFuzz {
    private static final long BYTES_MAX = 20 << 20;
    private static final ReadLimits LIMITS = new ReadLimits(BYTES_MAX, 200, 1_000);

    @FuzzTest
    void read(byte[] audience) throws IOException {
        for (Compression compression : Compression.values()) {
            read(audience, compression);
        }
    }

    private static void read(byte[] audience, Compression compression) throws IOException {
        var objects = new FakeObjectStore();
        objects.putIfAbsent("audience", audience);
        var stored = new AudienceSource.Stored("audience", Format.LINES, compression, audience.length, "");
        long bytes = 0;
        long number = 0;
        try (AudienceLines lines = AudienceLines.open(objects, stored, LIMITS)) {
            for (Optional<RawRow> row = lines.next(); row.isPresent(); row = lines.next()) {
                number++;
                require(row.get().number() == number, "lines are numbered one after the other");
                bytes += length(row.get());
            }
        } catch (InvalidInput e) {
            require(!e.field().isEmpty(), "a complaint names its field");
        }
        require(number <= LIMITS.rowsMax(), "no more rows come out than the bound");
        require(bytes <= BYTES_MAX + AudienceLines.ROW_BYTES_MAX, "no more comes out than the bound");
    }

    private static int length(RawRow row) {
        return switch (row) {
            case RawRow.Text(long _, String text) -> {
                int length = text.getBytes(StandardCharsets.UTF_8).length;
                require(length <= AudienceLines.ROW_BYTES_MAX, "no row is longer than the bound");
                require(text.indexOf('\n') < 0, "a row is one line");
                yield length;
            }
            case RawRow.Unreadable(long _, String _, String text) -> {
                require(text.length() <= 80, "what is shown is short");
                yield 0;
            }
        };
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }
}
