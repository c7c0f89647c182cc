package io.broadcaster.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class ManifestJsonTest {
    private static final WrittenSnapshot WRITTEN = WrittenSnapshot.of(7, 4, 2);

    @Test
    void write_manifest_isTheGoldenFile() throws IOException {
        assertThat(new String(ManifestJson.write(WRITTEN.manifest()), StandardCharsets.UTF_8))
                .isEqualTo(golden());
    }

    @Test
    void read_goldenFile_isTheManifest() throws IOException {
        assertThat(ManifestJson.read("golden", golden().getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(WRITTEN.manifest());
    }

    @Test
    void read_unknownKey_isIgnored() throws IOException {
        String newer = golden().replaceFirst("\"revision\"", "\"addedLater\" : 1,\n  \"revision\"");

        assertThat(ManifestJson.read("newer", newer.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(WRITTEN.manifest());
    }

    @Test
    void read_otherVersion_isRefused() throws IOException {
        String other = golden().replace("broadcaster-snapshot/1", "broadcaster-snapshot/2");

        assertRefused(other, "must be broadcaster-snapshot/1, but was broadcaster-snapshot/2");
    }

    @Test
    void read_missingField_isRefused() throws IOException {
        assertRefused(golden().replace("\"launch\"", "\"lunch\""), "launch");
    }

    @Test
    void read_notJson_isRefused() {
        assertRefused("PK", "must be a manifest");
    }

    private static void assertRefused(String json, String rule) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> ManifestJson.read("some/manifest.json", bytes))
                .isInstanceOf(SnapshotCorruptException.class)
                .hasMessageContaining("some/manifest.json")
                .hasMessageContaining(rule);
    }

    private static String golden() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(ManifestJsonTest.class.getResourceAsStream("/golden/manifest.json"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
