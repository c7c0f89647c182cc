package io.broadcaster.localcloud.sqs.http;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What holds for every batch, whatever is in it. A breach refuses the whole call. */
final class BatchRules {
    /** SQS quotas: entries per batch. */
    static final int ENTRIES_MAX = 10;
    /** SQS quotas: bytes per batch, as per message. */
    static final int BYTES_MAX = 1_048_576;

    private static final int ID_LENGTH_MAX = 80;

    private BatchRules() {}

    static void check(List<String> ids, String entryType) {
        if (ids.isEmpty()) {
            throw new Refusal(
                    ErrorCode.EMPTY_BATCH_REQUEST, "There should be at least one " + entryType + " in the request.");
        }
        if (ids.size() > ENTRIES_MAX) {
            throw new Refusal(
                    ErrorCode.TOO_MANY_ENTRIES_IN_BATCH_REQUEST,
                    "Maximum number of entries per request are " + ENTRIES_MAX + ". You have sent " + ids.size() + ".");
        }
        Set<String> seen = HashSet.newHashSet(ids.size());
        for (String id : ids) {
            if (!isId(id)) {
                throw new Refusal(
                        ErrorCode.INVALID_BATCH_ENTRY_ID,
                        "A batch entry id can only contain alphanumeric characters, hyphens and underscores."
                                + " It can be at most 80 letters long.");
            }
            if (!seen.add(id)) {
                throw new Refusal(ErrorCode.BATCH_ENTRY_IDS_NOT_DISTINCT, "Id " + id + " repeated.");
            }
        }
    }

    static void checkBytes(long bytes) {
        if (bytes > BYTES_MAX) {
            throw new Refusal(
                    ErrorCode.BATCH_REQUEST_TOO_LONG,
                    "Batch requests cannot be longer than " + BYTES_MAX + " bytes. You have sent " + bytes + " bytes.");
        }
    }

    private static boolean isId(String id) {
        return !id.isEmpty()
                && id.length() <= ID_LENGTH_MAX
                && id.chars().allMatch(c -> c == '-' || c == '_' || (c < 128 && Character.isLetterOrDigit(c)));
    }
}
