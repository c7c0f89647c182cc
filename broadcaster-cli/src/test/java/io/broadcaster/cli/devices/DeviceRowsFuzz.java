package io.broadcaster.cli.devices;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.broadcaster.campaign.InvalidInput;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** Any bytes as a file of devices: rows, or InvalidInput; of gzip also an IOException, as of a file that cannot be read. */
final class DeviceRowsFuzz {
    @FuzzTest
    void read(byte[] file) {
        read("devices.csv", file);
        read("devices.jsonl", file);
        read("devices.jsonl.gz", file);
    }

    private static void read(String name, byte[] file) {
        try (DeviceRows rows = DeviceRows.of(name, new ByteArrayInputStream(file))) {
            while (rows.hasNext()) {
                DeviceImport.Row row = rows.next();
                if (row.device().token().value().isBlank()) {
                    throw new AssertionError("a device without a token");
                }
            }
        } catch (InvalidInput e) {
            if (e.field().isEmpty()) {
                throw new AssertionError("a complaint names its field", e);
            }
        } catch (IOException e) {
            if (!name.endsWith(".gz")) {
                throw new AssertionError("memory can be read", e);
            }
        }
    }
}
