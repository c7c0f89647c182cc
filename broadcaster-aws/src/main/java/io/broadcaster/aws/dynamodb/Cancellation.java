package io.broadcaster.aws.dynamodb;

import io.broadcaster.aws.dynamodb.Table.Verdict;
import java.util.Collections;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;

/** Reads what DynamoDB says of a transaction that it did not do. Pure. */
final class Cancellation {
    private static final int BAD_REQUEST = 400;

    private Cancellation() {}

    /** A verdict per put. Reasons that do not match the puts say nothing: all are taken as in each other's way. */
    static List<Verdict> verdicts(TransactionCanceledException cancelled, int puts) {
        List<CancellationReason> reasons = cancelled.cancellationReasons();
        return reasons.size() == puts
                ? reasons.stream().map(Cancellation::verdict).toList()
                : Collections.nCopies(puts, new Verdict.Busy());
    }

    /** Codes that are not known yet count as passing: the repeats are bounded. */
    private static Verdict verdict(CancellationReason reason) {
        return switch (reason.code()) {
            case "None" -> new Verdict.Free();
            case "ConditionalCheckFailed" -> new Verdict.Refused(reason.item());
            default -> new Verdict.Busy();
        };
    }

    /** Whether the request itself is at fault, so that its repeat cannot help. */
    static boolean isNotTaken(DynamoDbException failure) {
        return failure.statusCode() == BAD_REQUEST
                && !failure.isThrottlingException()
                && !(failure instanceof TransactionInProgressException);
    }
}
