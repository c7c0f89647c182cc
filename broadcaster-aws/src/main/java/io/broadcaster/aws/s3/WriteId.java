package io.broadcaster.aws.s3;

import java.util.Map;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** The metadata by which a write recognises its own object. */
final class WriteId {
    private static final String NAME = "broadcaster-write";

    private WriteId() {}

    static Map<String, String> metadata(String writeId) {
        return Map.of(NAME, writeId);
    }

    static String of(HeadObjectResponse head) {
        return head.metadata().getOrDefault(NAME, "");
    }
}
