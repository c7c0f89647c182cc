package io.broadcaster.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocaleTagTest {
    @ParameterizedTest
    @CsvSource({"en, en", "EN, en", "pt-br, pt-BR", "pt_BR, pt-BR", "zh-hant-tw, zh-Hant-TW", "es-419, es-419"})
    void constructor_knownTag_isCanonical(String text, String expected) {
        assertThat(new LocaleTag(text).value()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "xx", "english", "en US", "-", "en-", "123", "e", "en-aaaaaaaa-bbbbbbbb-cccccccc-dddddddd"})
    void constructor_unknownTag_isRefusedByName(String text) {
        assertThatThrownBy(() -> new LocaleTag(text))
                .isInstanceOf(InvalidInput.class)
                .hasMessageStartingWith("locale must be a known BCP 47 tag such as en or pt-BR, but was '" + text);
    }

    @Test
    void language_ofARegion_isTheBareLanguage() {
        assertThat(new LocaleTag("pt-BR").language()).isEqualTo(new LocaleTag("pt"));
        assertThat(new LocaleTag("pt").language()).isEqualTo(new LocaleTag("pt"));
    }
}
