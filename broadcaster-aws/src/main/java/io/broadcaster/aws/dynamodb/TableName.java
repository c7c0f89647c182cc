package io.broadcaster.aws.dynamodb;

/** The closed set of tables, by their names without the deployment's prefix. */
enum TableName {
    CAMPAIGNS("campaigns"),
    DEVICES("devices"),
    LEDGER("ledger"),
    PROGRESS("progress"),
    WORKERS("workers"),
    PROOFS("proofs"),
    TEST_DEVICES("test-devices"),
    LOAD_PROGRESS("load-progress"),
    AUDIT("audit");

    private final String wireName;

    TableName(String wireName) {
        this.wireName = wireName;
    }

    String of(String prefix) {
        return prefix + "-" + wireName;
    }
}
