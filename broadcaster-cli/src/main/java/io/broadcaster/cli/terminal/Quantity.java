package io.broadcaster.cli.terminal;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A whole number that may end in k or M, as people write sizes: {@code 20000}, {@code 100k}, {@code 4M}. */
public record Quantity(long value) {
    private static final long THOUSAND = 1_000;

    /** For picocli. */
    public static final class Converter implements ITypeConverter<Quantity> {
        @Override
        public Quantity convert(String text) {
            long unit = switch (text.isEmpty() ? ' ' : text.charAt(text.length() - 1)) {
                case 'k', 'K' -> THOUSAND;
                case 'm', 'M' -> THOUSAND * THOUSAND;
                default -> 1;
            };
            try {
                String digits = unit == 1 ? text : text.substring(0, text.length() - 1);
                return new Quantity(Math.multiplyExact(Long.parseUnsignedLong(digits), unit));
            } catch (NumberFormatException | ArithmeticException e) {
                throw new TypeConversionException("must be a number such as 20000, 100k or 4M, but was '" + text + "'");
            }
        }
    }

    @Override
    public String toString() {
        if (value >= THOUSAND * THOUSAND && value % (THOUSAND * THOUSAND) == 0) {
            return value / (THOUSAND * THOUSAND) + "M";
        }
        return value >= THOUSAND && value % THOUSAND == 0 ? value / THOUSAND + "k" : Long.toString(value);
    }
}
