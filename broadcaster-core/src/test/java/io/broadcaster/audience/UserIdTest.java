package io.broadcaster.audience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.broadcaster.campaign.InvalidInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserIdTest {
    @ParameterizedTest
    @ValueSource(strings = {"u", "user-1", "ada@example.org", "3f2c-9", "käthe", "用户", "a'b"})
    void isValid_printable_isTrue(String text) {
        assertThat(UserId.isValid(text)).isTrue();
        assertThat(new UserId(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "a b", "a,b", "a\"b", "a\tb", "a\u0000", "a\u007f", "a\u0085", "a\u2003b", "\ufeff\n"})
    void isValid_blankCommaQuoteOrControl_isFalse(String text) {
        assertThat(UserId.isValid(text)).isFalse();
        assertThatThrownBy(() -> new UserId(text))
                .isInstanceOf(InvalidInput.class)
                .hasMessageStartingWith("user id must have 1 to 128 printable characters");
    }

    @Test
    void isValid_length_isAtMost128() {
        assertThat(UserId.isValid("x".repeat(128))).isTrue();
        assertThat(UserId.isValid("x".repeat(129))).isFalse();
    }
}
