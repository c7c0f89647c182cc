package io.broadcaster.loadtest.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class MedianTest {
    /** A figure under a name. */
    record Named(String name, double value) {}

    /** Something of everything. */
    record Figures(long count, double ratio, boolean good, String text, List<Long> buckets, List<Named> named) {}

    @Test
    void of_oddCount_isTheMiddleOfEachFigureByItself() {
        Figures median = Median.of(
                List.of(
                        new Figures(1, 0.3, true, "a", List.of(1L, 9L), List.of(new Named("x", 1), new Named("y", 5))),
                        new Figures(3, 0.1, true, "a", List.of(2L), List.of(new Named("y", 7), new Named("x", 2))),
                        new Figures(2, 0.2, true, "a", List.of(3L, 4L), List.of(new Named("x", 3), new Named("y", 6)))),
                Figures.class);

        assertThat(median)
                .isEqualTo(
                        new Figures(2, 0.2, true, "a", List.of(2L, 4L), List.of(new Named("x", 2), new Named("y", 6))));
    }

    @Test
    void of_evenCount_isTheMeanOfTheMiddleTwo() {
        Figures median = Median.of(
                List.of(
                        new Figures(1, 1, true, "a", List.of(), List.of()),
                        new Figures(4, 2, false, "a", List.of(), List.of())),
                Figures.class);

        assertThat(median.count()).isEqualTo(3); // 2.5 rounded
        assertThat(median.ratio()).isEqualTo(1.5);
        assertThat(median.good()).isFalse();
    }

    @Test
    void of_entryThatARunLacks_countsAsNothingThere() {
        Figures median = Median.of(
                List.of(
                        new Figures(1, 1, true, "a", List.of(), List.of(new Named("x", 4))),
                        new Figures(1, 1, true, "a", List.of(), List.of())),
                Figures.class);

        assertThat(median.named()).containsExactly(new Named("x", 2));
    }
}
