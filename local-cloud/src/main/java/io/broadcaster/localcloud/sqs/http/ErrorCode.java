package io.broadcaster.localcloud.sqs.http;

/**
 * SQS's errors: the JSON shape's name, and the older query protocol's code, which the SDK shows as the error code.
 * Names from the SQS API reference and the service model.
 */
enum ErrorCode {
    BATCH_ENTRY_IDS_NOT_DISTINCT(
            "com.amazonaws.sqs#BatchEntryIdsNotDistinct", "AWS.SimpleQueueService.BatchEntryIdsNotDistinct"),
    BATCH_REQUEST_TOO_LONG("com.amazonaws.sqs#BatchRequestTooLong", "AWS.SimpleQueueService.BatchRequestTooLong"),
    EMPTY_BATCH_REQUEST("com.amazonaws.sqs#EmptyBatchRequest", "AWS.SimpleQueueService.EmptyBatchRequest"),
    INVALID_ACTION("com.amazon.coral.service#UnknownOperationException", "InvalidAction"),
    INVALID_ADDRESS("com.amazonaws.sqs#InvalidAddress", "InvalidAddress"),
    INVALID_ATTRIBUTE_NAME("com.amazonaws.sqs#InvalidAttributeName", "InvalidAttributeName"),
    INVALID_ATTRIBUTE_VALUE("com.amazonaws.sqs#InvalidAttributeValue", "InvalidAttributeValue"),
    INVALID_BATCH_ENTRY_ID("com.amazonaws.sqs#InvalidBatchEntryId", "AWS.SimpleQueueService.InvalidBatchEntryId"),
    INVALID_MESSAGE_CONTENTS("com.amazonaws.sqs#InvalidMessageContents", "InvalidMessageContents"),
    INVALID_PARAMETER_VALUE("com.amazon.coral.service#InvalidParameterValueException", "InvalidParameterValue"),
    MALFORMED_REQUEST("com.amazon.coral.service#SerializationException", "MalformedInput"),
    MESSAGE_NOT_INFLIGHT("com.amazonaws.sqs#MessageNotInflight", "AWS.SimpleQueueService.MessageNotInflight"),
    MISSING_PARAMETER("com.amazon.coral.service#MissingRequiredParameterException", "MissingParameter"),
    OVER_LIMIT("com.amazonaws.sqs#OverLimit", "OverLimit"),
    PURGE_QUEUE_IN_PROGRESS("com.amazonaws.sqs#PurgeQueueInProgress", "AWS.SimpleQueueService.PurgeQueueInProgress"),
    QUEUE_DOES_NOT_EXIST("com.amazonaws.sqs#QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue"),
    QUEUE_NAME_EXISTS("com.amazonaws.sqs#QueueNameExists", "QueueAlreadyExists"),
    RECEIPT_HANDLE_IS_INVALID("com.amazonaws.sqs#ReceiptHandleIsInvalid", "ReceiptHandleIsInvalid"),
    REQUEST_THROTTLED("com.amazonaws.sqs#RequestThrottled", "RequestThrottled"),
    RESOURCE_NOT_FOUND("com.amazonaws.sqs#ResourceNotFoundException", "ResourceNotFoundException"),
    TOO_MANY_ENTRIES_IN_BATCH_REQUEST(
            "com.amazonaws.sqs#TooManyEntriesInBatchRequest", "AWS.SimpleQueueService.TooManyEntriesInBatchRequest"),
    UNSUPPORTED_OPERATION("com.amazonaws.sqs#UnsupportedOperation", "AWS.SimpleQueueService.UnsupportedOperation");

    private final String shape;
    private final String queryCode;

    ErrorCode(String shape, String queryCode) {
        this.shape = shape;
        this.queryCode = queryCode;
    }

    String shape() {
        return shape;
    }

    String queryCode() {
        return queryCode;
    }
}
