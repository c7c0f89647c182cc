package io.broadcaster.cli.terminal;

import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A time as settings have it: {@code 50ms}, {@code 2s}. */
public record Span(Duration duration) {
    /** For picocli. */
    public static final class Converter implements ITypeConverter<Span> {
        @Override
        public Span convert(String text) {
            try {
                if (text.endsWith("ms")) {
                    return new Span(Duration.ofMillis(Long.parseUnsignedLong(text.substring(0, text.length() - 2))));
                }
                if (text.endsWith("s")) {
                    return new Span(Duration.ofSeconds(Long.parseUnsignedLong(text.substring(0, text.length() - 1))));
                }
            } catch (NumberFormatException | ArithmeticException e) {
                throw new TypeConversionException(complaint(text));
            }
            throw new TypeConversionException(complaint(text));
        }

        private static String complaint(String text) {
            return "must be a time such as 50ms or 2s, but was '" + text + "'";
        }
    }
}
