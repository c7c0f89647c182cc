package io.broadcaster.localcloud.sqs.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.broadcaster.localcloud.sqs.queue.QueueCounts;
import io.broadcaster.localcloud.sqs.queue.QueueRegistry;
import io.broadcaster.localcloud.sqs.queue.QueueSettings;
import io.broadcaster.localcloud.sqs.queue.QueueSettings.DeduplicationScope;
import io.broadcaster.localcloud.sqs.queue.QueueSettings.Redrive;
import io.broadcaster.localcloud.sqs.queue.QueueSettings.ThroughputLimit;
import io.broadcaster.localcloud.sqs.queue.RegisteredQueue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** A queue's attributes between the API's strings and {@link QueueSettings} (SQS API reference, SetQueueAttributes). */
final class QueueAttributes {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int VISIBILITY_SECONDS_MAX = 43_200;
    private static final int DELAY_SECONDS_MAX = 900;
    private static final int RETENTION_SECONDS_MIN = 60;
    private static final int RETENTION_SECONDS_MAX = 1_209_600;
    private static final int WAIT_SECONDS_MAX = 20;
    private static final int MESSAGE_BYTES_MIN = 1_024;
    private static final int RECEIVES_MAX = 1_000;
    private static final long MILLIS_PER_SECOND = 1_000L;
    /** Kept and shown, without effect here. */
    private static final Set<String> STORED = Set.of(
            "Policy", "RedriveAllowPolicy", "KmsMasterKeyId", "KmsDataKeyReusePeriodSeconds", "SqsManagedSseEnabled");

    private final QueueRegistry registry;

    QueueAttributes(QueueRegistry registry) {
        this.registry = registry;
    }

    /** Settings and merely stored attributes, each with the given ones put over them. */
    record Parsed(QueueSettings settings, Map<String, String> stored) {}

    Parsed over(QueueSettings settings, Map<String, String> stored, Map<String, String> given) {
        Map<String, String> kept = new LinkedHashMap<>(stored);
        given.forEach((name, value) -> {
            if (STORED.contains(name)) {
                kept.put(name, value);
            }
        });
        Reader reader = new Reader(given);
        QueueSettings parsed = new QueueSettings(
                reader.number("VisibilityTimeout", 0, VISIBILITY_SECONDS_MAX, settings.visibilitySeconds()),
                reader.number("DelaySeconds", 0, DELAY_SECONDS_MAX, settings.delaySeconds()),
                reader.number(
                        "MessageRetentionPeriod",
                        RETENTION_SECONDS_MIN,
                        RETENTION_SECONDS_MAX,
                        settings.retentionSeconds()),
                reader.number("ReceiveMessageWaitTimeSeconds", 0, WAIT_SECONDS_MAX, settings.receiveWaitSeconds()),
                reader.number(
                        "MaximumMessageSize", MESSAGE_BYTES_MIN, BatchRules.BYTES_MAX, settings.messageBytesMax()),
                reader.bool("ContentBasedDeduplication", settings.contentBasedDeduplication()),
                reader.oneOf(
                        "DeduplicationScope",
                        Map.of("queue", DeduplicationScope.QUEUE, "messageGroup", DeduplicationScope.MESSAGE_GROUP),
                        settings.deduplicationScope()),
                reader.oneOf(
                        "FifoThroughputLimit",
                        Map.of(
                                "perQueue", ThroughputLimit.PER_QUEUE,
                                "perMessageGroupId", ThroughputLimit.PER_MESSAGE_GROUP),
                        settings.throughputLimit()),
                given.containsKey("RedrivePolicy") ? redrive(given.get("RedrivePolicy")) : settings.redrive());
        checkNames(given);
        checkHighThroughput(parsed);
        return new Parsed(parsed, kept);
    }

    /** Everything GetQueueAttributes can tell, by name. */
    static Map<String, String> describe(RegisteredQueue registered) {
        Map<String, String> all =
                new LinkedHashMap<>(describe(registered.queue().settings()));
        all.putAll(registered.storedAttributes());
        QueueCounts counts = registered.queue().counts();
        all.put("QueueArn", registered.queue().arn());
        all.put("FifoQueue", "true");
        all.put("CreatedTimestamp", Long.toString(registered.createdMillis() / MILLIS_PER_SECOND));
        all.put("LastModifiedTimestamp", Long.toString(registered.modifiedMillis() / MILLIS_PER_SECOND));
        all.put("ApproximateNumberOfMessages", Integer.toString(counts.visible()));
        all.put("ApproximateNumberOfMessagesNotVisible", Integer.toString(counts.inFlight()));
        all.put("ApproximateNumberOfMessagesDelayed", Integer.toString(counts.delayed()));
        return all;
    }

    private static Map<String, String> describe(QueueSettings settings) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("VisibilityTimeout", Integer.toString(settings.visibilitySeconds()));
        all.put("DelaySeconds", Integer.toString(settings.delaySeconds()));
        all.put("MessageRetentionPeriod", Integer.toString(settings.retentionSeconds()));
        all.put("ReceiveMessageWaitTimeSeconds", Integer.toString(settings.receiveWaitSeconds()));
        all.put("MaximumMessageSize", Integer.toString(settings.messageBytesMax()));
        all.put("ContentBasedDeduplication", Boolean.toString(settings.contentBasedDeduplication()));
        all.put(
                "DeduplicationScope",
                switch (settings.deduplicationScope()) {
                    case QUEUE -> "queue";
                    case MESSAGE_GROUP -> "messageGroup";
                });
        all.put(
                "FifoThroughputLimit",
                switch (settings.throughputLimit()) {
                    case PER_QUEUE -> "perQueue";
                    case PER_MESSAGE_GROUP -> "perMessageGroupId";
                });
        if (settings.redrive() instanceof Redrive.DeadLetter(String targetArn, int receivesMax)) {
            all.put(
                    "RedrivePolicy",
                    "{\"deadLetterTargetArn\":\"" + targetArn + "\",\"maxReceiveCount\":" + receivesMax + "}");
        }
        return all;
    }

    static void checkNames(Map<String, String> given) {
        for (String name : given.keySet()) {
            if (!isSettable(name)) {
                throw new Refusal(ErrorCode.INVALID_ATTRIBUTE_NAME, "Unknown Attribute " + name + ".");
            }
        }
    }

    private static boolean isSettable(String name) {
        return STORED.contains(name)
                || name.equals("FifoQueue")
                || name.equals("RedrivePolicy")
                || describe(QueueSettings.DEFAULT).containsKey(name);
    }

    private static void checkHighThroughput(QueueSettings settings) {
        if (settings.throughputLimit() == ThroughputLimit.PER_MESSAGE_GROUP
                && settings.deduplicationScope() != DeduplicationScope.MESSAGE_GROUP) {
            throw invalidValue(
                    "FifoThroughputLimit",
                    "perMessageGroupId is only allowed when DeduplicationScope is messageGroup.");
        }
    }

    private Redrive redrive(String json) {
        if (json.isEmpty()) {
            return new Redrive.Never();
        }
        JsonNode policy;
        try {
            policy = MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw invalidRedrive(json, "Redrive policy is not a valid JSON map.");
        }
        String target = policy.path("deadLetterTargetArn").asText();
        int receives = policy.path("maxReceiveCount").asInt();
        if (target.isEmpty()) {
            throw invalidRedrive(json, "Redrive policy does not contain mandatory attribute: deadLetterTargetArn.");
        }
        if (receives < 1 || receives > RECEIVES_MAX) {
            throw invalidRedrive(
                    json,
                    "Invalid value for maxReceiveCount: " + receives + ", valid values are from 1 to 1000 both"
                            + " inclusive.");
        }
        if (!target.endsWith(".fifo")) {
            throw invalidRedrive(json, "Dead-letter queue must be same type of queue as the source.");
        }
        if (registry.findByArn(target) == null) {
            throw invalidRedrive(json, "Dead letter target does not exist.");
        }
        return new Redrive.DeadLetter(target, receives);
    }

    private static Refusal invalidRedrive(String json, String why) {
        return Refusal.invalidParameter("RedrivePolicy", json, why);
    }

    private static Refusal invalidValue(String name, String why) {
        return new Refusal(
                ErrorCode.INVALID_ATTRIBUTE_VALUE, "Invalid value for the parameter " + name + ". Reason: " + why);
    }

    /** Typed reads of what was given; what was not keeps its present value. */
    private record Reader(Map<String, String> given) {
        int number(String name, int min, int max, int present) {
            String text = given.get(name);
            if (text == null) {
                return present;
            }
            try {
                int value = Integer.parseInt(text);
                if (value >= min && value <= max) {
                    return value;
                }
            } catch (NumberFormatException e) {
                throw invalidValue(name, "Must be an integer from " + min + " to " + max + ".");
            }
            throw invalidValue(name, "Must be an integer from " + min + " to " + max + ".");
        }

        boolean bool(String name, boolean present) {
            return oneOf(name, Map.of("true", true, "false", false), present);
        }

        <T> T oneOf(String name, Map<String, T> values, T present) {
            String text = given.get(name);
            if (text == null) {
                return present;
            }
            T value = values.get(text);
            if (value == null) {
                throw invalidValue(
                        name,
                        "Must be one of " + values.keySet().stream().sorted().toList() + ".");
            }
            return value;
        }
    }
}
