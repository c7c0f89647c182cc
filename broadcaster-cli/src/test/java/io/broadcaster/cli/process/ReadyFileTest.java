package io.broadcaster.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadyFileTest {
    @TempDir
    private Path folder;

    @Test
    void read_beforeWrite_isEmpty() throws IOException {
        assertThat(new ReadyFile(folder.resolve("api.ready")).read()).isEmpty();
    }

    @Test
    void read_afterWrite_givesTheFacts() throws IOException {
        var file = new ReadyFile(folder.resolve("api.ready"));
        var facts = Map.of("api", "http://127.0.0.1:8080/", "cloud.sqs-endpoint", "http://127.0.0.1:9324");

        file.write(facts);

        assertThat(file.read()).contains(facts);
    }
}
