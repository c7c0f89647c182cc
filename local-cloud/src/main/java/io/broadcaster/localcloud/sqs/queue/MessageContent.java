package io.broadcaster.localcloud.sqs.queue;

import java.util.Map;

/**
 * What a sender handed over, and never changes.
 *
 * @param bodyMd5 in hex
 * @param attributes by name; empty when there are none
 * @param systemAttributes by name; only AWSTraceHeader exists
 * @param bytes body and attributes in UTF-8, as SQS counts a message's size
 */
public record MessageContent(
        String body,
        String bodyMd5,
        Map<String, MessageAttribute> attributes,
        Map<String, MessageAttribute> systemAttributes,
        int bytes) {}
