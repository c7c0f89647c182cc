package io.broadcaster.loadtest.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The mutations that {@code bin/mutations} tries are of the code as it is: whoever changes a guard changes its mutation too. */
class MutationsTest {
    private static final Path ROOT = Path.of("..");
    private static final Path MUTATIONS = ROOT.resolve("config/mutations");
    private static final String FILE = "+++ b/";

    static List<Path> patches() throws IOException {
        try (Stream<Path> files = Files.list(MUTATIONS)) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("patches")
    void patch_ofEveryMutation_findsTheLinesThatItChanges(Path patch) throws IOException {
        List<String> lines = Files.readAllLines(patch);
        String file = lines.stream()
                .filter(line -> line.startsWith(FILE))
                .map(line -> line.substring(FILE.length()))
                .collect(Collectors.joining());
        String code = Files.readString(ROOT.resolve(file));

        List<String> hunks = List.of(String.join("\n", lines).split("(?m)^@@.*\n"));
        assertThat(hunks).as("what comes before the first hunk, and hunks").hasSizeGreaterThan(1);
        for (String hunk : hunks.subList(1, hunks.size())) {
            String before = hunk.lines()
                    .filter(line -> !line.startsWith("+"))
                    .map(line -> line.isEmpty() ? line : line.substring(1))
                    .collect(Collectors.joining("\n"));
            assertThat(code).contains(before);
        }
    }
}
