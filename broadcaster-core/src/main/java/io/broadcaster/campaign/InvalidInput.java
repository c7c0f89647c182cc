package io.broadcaster.campaign;

/** Input from outside that breaks a rule. The message names the field, the rule and the value; nothing was changed. */
public final class InvalidInput extends IllegalArgumentException {
    private final String field;
    private final String complaint;

    /** {@code value} is quoted in the message, cut to 80 characters; never pass a token or a secret. */
    public InvalidInput(String field, String rule, Object value) {
        this(field, rule + ", but was " + quoted(value));
    }

    private InvalidInput(String field, String complaint) {
        super(field + " " + complaint);
        this.field = field;
        this.complaint = complaint;
    }

    /** The same complaint about a field that is known more exactly by now, such as {@code contents[0].locale}. */
    public InvalidInput at(String path) {
        return new InvalidInput(path, complaint);
    }

    /** The path of the offending field, such as {@code contents[0].locale}. */
    public String field() {
        return field;
    }

    private static String quoted(Object value) {
        String text = String.valueOf(value);
        return text.length() <= 80
                ? "'" + text + "'"
                : "'" + text.substring(0, 80) + "…' (" + text.length() + " characters)";
    }
}
