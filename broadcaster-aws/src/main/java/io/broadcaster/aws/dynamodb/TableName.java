package io.broadcaster.aws.dynamodb;

/**
 * The closed set of tables, by their names without the deployment's prefix. None has a dash in it: the table of one app would
 * be that of another, as {@code test-devices} of {@code news} would be the {@code devices} of {@code news-test}.
 */
enum TableName {
    CAMPAIGNS("campaigns"),
    DEVICES("devices"),
    LEDGER("ledger"),
    PROGRESS("progress"),
    WORKERS("workers"),
    PROOFS("proofs"),
    TEST_DEVICES("testdevices"),
    LOAD_PROGRESS("loadprogress"),
    AUDIT("audit"),
    SESSION_ENDS("sessionends");

    private final String wireName;

    TableName(String wireName) {
        this.wireName = wireName;
    }

    String of(String prefix) {
        return prefix + "-" + wireName;
    }
}
