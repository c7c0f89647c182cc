package io.broadcaster.cli.devices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.broadcaster.campaign.InvalidInput;
import io.broadcaster.campaign.Platform;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceRowsTest {
    private static final String HEADER = "user_id,platform,token,locale,registered_at\n";

    @TempDir
    private Path folder;

    @Test
    void next_csv_readsEveryField() throws IOException {
        try (DeviceRows rows = DeviceRows.open(file("d.csv", HEADER + "ada,ios,AA01,pt_BR,2026-01-02T03:04:05Z\n"))) {
            DeviceImport.Row row = rows.next();

            assertThat(row.user().value()).isEqualTo("ada");
            assertThat(row.device().platform()).isEqualTo(Platform.IOS);
            assertThat(row.device().token().value()).isEqualTo("aa01");
            assertThat(row.device().locale().value()).isEqualTo("pt-BR");
            assertThat(rows.hasNext()).isFalse();
        }
    }

    @Test
    void next_gzippedJsonLines_readsEveryRow() throws IOException {
        Path file = folder.resolve("d.jsonl.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            for (String token : new String[] {"t:1", "t:2"}) {
                out.write(("{\"user_id\":\"bob\",\"platform\":\"android\",\"token\":\"" + token
                                + "\",\"locale\":\"en\",\"registered_at\":\"2026-01-02T03:04:05Z\"}\n")
                        .getBytes(StandardCharsets.UTF_8));
            }
        }
        try (DeviceRows rows = DeviceRows.open(file)) {
            assertThat(rows.next().device().token().value()).isEqualTo("t:1");
            assertThat(rows.next().device().token().value()).isEqualTo("t:2");
            assertThat(rows.hasNext()).isFalse();
        }
    }

    @Test
    void next_badToken_namesRowAndFieldAndHidesTheToken() throws IOException {
        String secret = "zz-not-hex-zz";
        try (DeviceRows rows =
                DeviceRows.open(file("d.csv", HEADER + "ada,ios," + secret + ",en,2026-01-02T03:04:05Z\n"))) {
            assertThatThrownBy(rows::next)
                    .isInstanceOf(InvalidInput.class)
                    .hasMessageContaining("row 1: token")
                    .hasMessageContaining("hex digits")
                    .hasMessageNotContaining(secret);
        }
    }

    @Test
    void next_registeredBeyondWhatIsStored_namesRowAndField() throws IOException {
        try (DeviceRows rows =
                DeviceRows.open(file("d.csv", HEADER + "ada,ios,aa01,en,+1000000000-12-31T23:59:59Z\n"))) {
            assertThatThrownBy(rows::next)
                    .isInstanceOf(InvalidInput.class)
                    .hasMessageContaining("row 1: registered_at must be an instant");
        }
    }

    @Test
    void check_aBadRowAfterGoodOnes_namesIt() throws IOException {
        String good = "ada,ios,aa01,en,2026-01-02T03:04:05Z\n";
        Path file = file("d.csv", HEADER + good.repeat(3) + "bob,windows,aa02,en,2026-01-02T03:04:05Z\n");

        assertThatThrownBy(() -> DeviceRows.check(file))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("row 4: platform");
        DeviceRows.check(file("good.csv", HEADER + good.repeat(3)));
    }

    @Test
    void next_brokenJson_namesTheRowAndHidesItsText() throws IOException {
        try (DeviceRows rows = DeviceRows.open(file("d.jsonl", "{\"user_id\":\"ada\",\"token\":\"secret\" broken"))) {
            assertThatThrownBy(() -> {
                        if (rows.hasNext()) {
                            rows.next();
                        }
                    })
                    .isInstanceOf(InvalidInput.class)
                    .hasMessageContaining("row 1")
                    .hasMessageNotContaining("secret");
        }
    }

    @Test
    void open_firstRowThatIsNoJson_hidesItsText() {
        assertThatThrownBy(() -> DeviceRows.open(file("d.jsonl", "secret")))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("row 1")
                .hasMessageNotContaining("secret");
    }

    @Test
    void open_headerWithAColumnTwice_isInvalid() {
        assertThatThrownBy(() -> DeviceRows.open(file("d.csv", "a,a\n1,2\n"))).isInstanceOf(InvalidInput.class);
    }

    @Test
    void next_nullForARow_namesTheRow() throws IOException {
        try (DeviceRows rows = DeviceRows.open(file("d.jsonl", "null\n"))) {
            assertThatThrownBy(rows::next).isInstanceOf(InvalidInput.class).hasMessageContaining("row 1");
        }
    }

    @Test
    void next_bombOfOneEndlessQuotedCell_isRefusedAtItsFirstMegabyte() throws IOException {
        var endless = new InputStream() {
            private long served;

            @Override
            public int read() {
                served++;
                return 'x';
            }

            @Override
            public int read(byte[] into, int offset, int length) {
                Arrays.fill(into, offset, offset + length, (byte) 'x');
                served += length;
                return length;
            }
        };
        InputStream start = new ByteArrayInputStream((HEADER + '"').getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> DeviceRows.of("d.csv", new SequenceInputStream(start, endless))
                        .next())
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("1048576 bytes");
        assertThat(endless.served).isLessThan(2 << 20);
    }

    @Test
    void open_otherEnding_saysWhichAreTaken() {
        assertThatThrownBy(() -> DeviceRows.open(file("d.xlsx", "")))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining(".csv or .jsonl");
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
