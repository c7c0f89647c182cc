package io.broadcaster.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.TypeConversionException;

class QuantityTest {
    private final Quantity.Converter quantities = new Quantity.Converter();
    private final Span.Converter spans = new Span.Converter();

    @Test
    void convert_numbersAsPeopleWriteThem_areRead() {
        assertThat(quantities.convert("20000").value()).isEqualTo(20_000);
        assertThat(quantities.convert("100k").value()).isEqualTo(100_000);
        assertThat(quantities.convert("4M").value()).isEqualTo(4_000_000);
        assertThat(quantities.convert("4M")).hasToString("4M");
        assertThat(quantities.convert("1500")).hasToString("1500");
    }

    @Test
    void convert_noNumber_isRefusedWithTheText() {
        for (String text : new String[] {"", "k", "-1", "1.5M", "many", "99999999999999999999"}) {
            assertThatThrownBy(() -> quantities.convert(text))
                    .isInstanceOf(TypeConversionException.class)
                    .hasMessageContaining("'" + text + "'");
        }
    }

    @Test
    void convert_times_areRead() {
        assertThat(spans.convert("50ms").duration()).isEqualTo(Duration.ofMillis(50));
        assertThat(spans.convert("2s").duration()).isEqualTo(Duration.ofSeconds(2));
        assertThatThrownBy(() -> spans.convert("2h")).isInstanceOf(TypeConversionException.class);
        assertThatThrownBy(() -> spans.convert("ms")).isInstanceOf(TypeConversionException.class);
    }
}
