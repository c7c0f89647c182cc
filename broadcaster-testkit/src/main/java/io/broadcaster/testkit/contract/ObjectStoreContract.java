package io.broadcaster.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.broadcaster.audience.ObjectStore;
import io.broadcaster.audience.ObjectStore.MissingObjectException;
import io.broadcaster.audience.ObjectStore.Put;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every {@link ObjectStore} does. */
public abstract class ObjectStoreContract {
    private static final int RACERS = 16;
    private static final int SEALERS = 4;
    private static final int TAIL = 1_000;
    private static final long SEED = 20_260_208;

    /** The store under test; it may hold objects of other tests. */
    protected abstract ObjectStore store();

    @Test
    void putIfAbsent_freeKey_isStored() throws IOException {
        String key = key();

        assertThat(store().putIfAbsent(key, bytes("first"))).isEqualTo(Put.STORED);
        assertThat(whole(key)).isEqualTo(bytes("first"));
        assertThat(store().size(key)).hasValue(5);
    }

    @Test
    void putIfAbsent_takenKey_keepsWhatStands() throws IOException {
        String key = key();
        store().putIfAbsent(key, bytes("first"));

        assertThat(store().putIfAbsent(key, bytes("second"))).isEqualTo(Put.ALREADY_THERE);
        assertThat(whole(key)).isEqualTo(bytes("first"));
    }

    @Test
    void putIfAbsent_emptyContent_isStored() throws IOException {
        String key = key();

        assertThat(store().putIfAbsent(key, new byte[0])).isEqualTo(Put.STORED);
        assertThat(whole(key)).isEmpty();
    }

    @Test
    void putIfAbsent_racers_exactlyOneStores() throws Exception {
        String key = key();

        List<Put> answers = Race.of(RACERS, racer -> store().putIfAbsent(key, bytes("racer " + racer)));

        assertThat(answers).filteredOn(Put.STORED::equals).hasSize(1);
        assertThat(whole(key)).isEqualTo(bytes("racer " + answers.indexOf(Put.STORED)));
    }

    @Test
    void upload_severalParts_areOneObjectOnceSealed() throws IOException {
        String key = key();
        byte[] content = content();

        try (var upload = store().upload(key)) {
            parts(upload, content);
            assertThat(store().size(key)).isEmpty();
            assertThat(upload.sealIfAbsent()).isEqualTo(Put.STORED);
        }

        assertThat(store().size(key)).hasValue(content.length);
        assertThat(whole(key)).isEqualTo(content);
    }

    @Test
    void upload_directBuffer_isConsumedAndStored() throws IOException {
        String key = key();
        ByteBuffer part =
                ByteBuffer.allocateDirect(TAIL).put(content(), 0, TAIL).flip();

        try (var upload = store().upload(key)) {
            upload.part(part);
            assertThat(part.hasRemaining()).isFalse();
            upload.sealIfAbsent();
        }

        assertThat(whole(key)).isEqualTo(Arrays.copyOf(content(), TAIL));
    }

    @Test
    void upload_closedUnsealed_leavesNothing() {
        String key = key();

        try (var upload = store().upload(key)) {
            upload.part(ByteBuffer.wrap(content()));
        }

        assertThat(store().size(key)).isEmpty();
    }

    @Test
    void sealIfAbsent_takenKey_keepsWhatStands() throws IOException {
        String key = key();
        store().putIfAbsent(key, bytes("first"));

        try (var upload = store().upload(key)) {
            upload.part(ByteBuffer.wrap(content()));
            assertThat(upload.sealIfAbsent()).isEqualTo(Put.ALREADY_THERE);
        }

        assertThat(whole(key)).isEqualTo(bytes("first"));
    }

    @Test
    void sealIfAbsent_racers_exactlyOneStores() throws Exception {
        String key = key();

        List<Put> answers = Race.of(SEALERS, racer -> {
            try (var upload = store().upload(key)) {
                upload.part(ByteBuffer.wrap(bytes("sealer " + racer)));
                return upload.sealIfAbsent();
            }
        });

        assertThat(answers).filteredOn(Put.STORED::equals).hasSize(1);
        assertThat(whole(key)).isEqualTo(bytes("sealer " + answers.indexOf(Put.STORED)));
    }

    @Test
    void size_unknownKey_isEmpty() {
        assertThat(store().size(key())).isEmpty();
    }

    @Test
    void open_unknownKey_isMissing() {
        String key = key();

        assertThatThrownBy(() -> store().open(key))
                .isInstanceOf(MissingObjectException.class)
                .hasMessageContaining(key);
    }

    @Test
    void open_closedEarly_doesNotDisturbTheNext() throws IOException {
        String key = key();
        store().putIfAbsent(key, content());

        try (InputStream stream = store().open(key)) {
            assertThat(stream.read()).isEqualTo(Byte.toUnsignedInt(content()[0]));
        }

        assertThat(whole(key)).isEqualTo(content());
    }

    @Test
    void read_range_fillsWhatRemainsOfTheBuffer() {
        String key = key();
        byte[] content = content();
        store().putIfAbsent(key, content);

        for (ByteBuffer into : List.of(ByteBuffer.allocate(70), ByteBuffer.allocateDirect(70))) {
            into.position(10).limit(60);
            store().read(key, 123_456, into);

            assertThat(into.position()).isEqualTo(60);
            byte[] read = new byte[50];
            into.get(10, read);
            assertThat(read).isEqualTo(Arrays.copyOfRange(content, 123_456, 123_506));
        }
    }

    @Test
    void read_largeRange_isComplete() {
        String key = key();
        byte[] content = content();
        store().putIfAbsent(key, content);
        var into = ByteBuffer.allocateDirect(content.length);

        store().read(key, 0, into);

        assertThat(into.flip()).isEqualTo(ByteBuffer.wrap(content));
    }

    @Test
    void read_rangeBeyondTheEnd_isMissing() {
        String key = key();
        store().putIfAbsent(key, bytes("short"));

        assertThatThrownBy(() -> store().read(key, 3, ByteBuffer.allocate(3)))
                .isInstanceOf(MissingObjectException.class);
        assertThatThrownBy(() -> store().read(key, 50, ByteBuffer.allocate(1)))
                .isInstanceOf(MissingObjectException.class);
    }

    @Test
    void read_unknownKey_isMissing() {
        assertThatThrownBy(() -> store().read(key(), 0, ByteBuffer.allocate(1)))
                .isInstanceOf(MissingObjectException.class);
    }

    @Test
    void list_prefix_namesItsKeysInOrder() {
        String folder = key() + "/";
        store().putIfAbsent(folder + "b", bytes("2"));
        store().putIfAbsent(folder + "a/deep", bytes("1"));
        store().putIfAbsent(folder + "c", bytes("3"));
        store().putIfAbsent(key(), bytes("other"));

        assertThat(store().list(folder)).containsExactly(folder + "a/deep", folder + "b", folder + "c");
        assertThat(store().list(key() + "/")).isEmpty();
    }

    @Test
    void deleteAll_prefix_removesItsObjectsOnly() {
        String folder = key() + "/";
        String other = key();
        store().putIfAbsent(folder + "a", bytes("1"));
        store().putIfAbsent(folder + "b/c", bytes("2"));
        store().putIfAbsent(other, bytes("other"));

        store().deleteAll(folder);
        store().deleteAll(folder);

        assertThat(store().list(folder)).isEmpty();
        assertThat(store().size(other)).hasValue(5);
    }

    private byte[] whole(String key) throws IOException {
        try (InputStream stream = store().open(key)) {
            return stream.readAllBytes();
        }
    }

    private static void parts(ObjectStore.Upload upload, byte[] content) {
        upload.part(ByteBuffer.wrap(content, 0, ObjectStore.PART_MIN));
        upload.part(ByteBuffer.wrap(content, ObjectStore.PART_MIN, content.length - ObjectStore.PART_MIN));
    }

    /** A part of the smallest size and a little more; the same bytes at every call. */
    private static byte[] content() {
        byte[] content = new byte[ObjectStore.PART_MIN + TAIL];
        new Random(SEED).nextBytes(content);
        return content;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String key() {
        return "contract/" + Unique.name("object");
    }
}
