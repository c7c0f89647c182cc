package io.broadcaster.campaign;

import java.util.Arrays;
import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** A BCP 47 tag whose language exists in ISO 639, in canonical case ({@code en}, {@code pt-BR}); at most 35 characters. */
public record LocaleTag(String value) implements Comparable<LocaleTag> {
    private static final int LENGTH_MAX = 35;
    private static final Set<String> LANGUAGES =
            Arrays.stream(Locale.getISOLanguages()).collect(Collectors.toUnmodifiableSet());

    public LocaleTag {
        value = canonical(value);
    }

    /** The tag without region and script: what a device of this locale may fall back to. */
    public LocaleTag language() {
        int dash = value.indexOf('-');
        return dash < 0 ? this : new LocaleTag(value.substring(0, dash));
    }

    @Override
    public int compareTo(LocaleTag other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }

    private static String canonical(String text) {
        if (text.isEmpty() || text.length() > LENGTH_MAX) {
            throw unknown(text);
        }
        try {
            Locale locale =
                    new Locale.Builder().setLanguageTag(text.replace('_', '-')).build();
            if (LANGUAGES.contains(locale.getLanguage())) {
                return locale.toLanguageTag();
            }
        } catch (IllformedLocaleException e) {
            throw unknown(text);
        }
        throw unknown(text);
    }

    private static InvalidInput unknown(String text) {
        return new InvalidInput("locale", "must be a known BCP 47 tag such as en or pt-BR", text);
    }
}
