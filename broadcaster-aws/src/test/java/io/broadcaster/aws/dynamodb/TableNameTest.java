package io.broadcaster.aws.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class TableNameTest {
    @ParameterizedTest
    @EnumSource(TableName.class)
    void name_behindThePrefixOfOneApp_isNeverThatOfAnotherApp(TableName table) {
        assertThat(table.of("")).startsWith("-").doesNotMatch(".+-.*");
    }
}
