package io.broadcaster.aws.sqs;

import static software.amazon.awssdk.services.sqs.model.QueueAttributeName.CONTENT_BASED_DEDUPLICATION;
import static software.amazon.awssdk.services.sqs.model.QueueAttributeName.DEDUPLICATION_SCOPE;
import static software.amazon.awssdk.services.sqs.model.QueueAttributeName.FIFO_QUEUE;
import static software.amazon.awssdk.services.sqs.model.QueueAttributeName.FIFO_THROUGHPUT_LIMIT;
import static software.amazon.awssdk.services.sqs.model.QueueAttributeName.MESSAGE_RETENTION_PERIOD;
import static software.amazon.awssdk.services.sqs.model.QueueAttributeName.QUEUE_ARN;
import static software.amazon.awssdk.services.sqs.model.QueueAttributeName.RECEIVE_MESSAGE_WAIT_TIME_SECONDS;
import static software.amazon.awssdk.services.sqs.model.QueueAttributeName.REDRIVE_POLICY;
import static software.amazon.awssdk.services.sqs.model.QueueAttributeName.VISIBILITY_TIMEOUT;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.broadcaster.aws.provision.ProvisionException;
import io.broadcaster.aws.provision.Provisioned;
import io.broadcaster.task.QueueName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/**
 * Makes every queue with its dead-letter queue, both FIFO and in high-throughput mode, and sets right what differs. Called
 * by one thread; fails with {@link ProvisionException} and may be run again.
 */
public final class QueueProvisioner {
    /** A message that nobody could work off is of no use after four days: every window has closed. */
    private static final Duration RETENTION = Duration.ofDays(4);

    /** The longest that SQS keeps a message. */
    private static final Duration DEAD_LETTER_RETENTION = Duration.ofDays(14);

    /** Long polls by default, also for tools that do not ask for one. */
    private static final Duration WAIT = Duration.ofSeconds(20);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final SqsClient client;
    private final QueueNames names;
    private final Rules rules;

    /** The deployment's choice: default visibility, and the deliveries after which a message is dead (2 or more). */
    public record Rules(Duration visibility, int maxReceiveCount) {
        public Rules {
            if (maxReceiveCount < 2) {
                throw new IllegalArgumentException(
                        "maxReceiveCount must be 2 or more (SQS may count a lost delivery), but was "
                                + maxReceiveCount);
            }
        }
    }

    public QueueProvisioner(SqsClient client, String prefix, Rules rules) {
        this.client = client;
        this.names = new QueueNames(prefix);
        this.rules = rules;
    }

    /** Two entries per queue: its dead-letter queue and itself. */
    public List<Provisioned> provision() {
        var all = new ArrayList<Provisioned>();
        for (QueueName name : QueueName.values()) {
            String deadLetters = names.deadLetters(name);
            all.add(ensure(deadLetters, deadLetterAttributes()));
            all.add(ensure(names.queue(name), attributes(arn(deadLetters))));
        }
        return all;
    }

    private Map<QueueAttributeName, String> deadLetterAttributes() {
        Map<QueueAttributeName, String> attributes = highThroughputFifo();
        attributes.put(MESSAGE_RETENTION_PERIOD, seconds(DEAD_LETTER_RETENTION));
        return attributes;
    }

    private Map<QueueAttributeName, String> attributes(String deadLetterArn) {
        Map<QueueAttributeName, String> attributes = highThroughputFifo();
        attributes.put(MESSAGE_RETENTION_PERIOD, seconds(RETENTION));
        attributes.put(RECEIVE_MESSAGE_WAIT_TIME_SECONDS, seconds(WAIT));
        attributes.put(
                REDRIVE_POLICY,
                JSON.createObjectNode()
                        .put("deadLetterTargetArn", deadLetterArn)
                        .put("maxReceiveCount", rules.maxReceiveCount())
                        .toString());
        return attributes;
    }

    private Map<QueueAttributeName, String> highThroughputFifo() {
        var attributes = new EnumMap<QueueAttributeName, String>(QueueAttributeName.class);
        attributes.put(FIFO_QUEUE, "true");
        attributes.put(CONTENT_BASED_DEDUPLICATION, "false");
        attributes.put(DEDUPLICATION_SCOPE, "messageGroup");
        attributes.put(FIFO_THROUGHPUT_LIMIT, "perMessageGroupId");
        attributes.put(VISIBILITY_TIMEOUT, seconds(rules.visibility()));
        return attributes;
    }

    private Provisioned ensure(String name, Map<QueueAttributeName, String> wanted) {
        try {
            Optional<String> url = find(name);
            if (url.isEmpty()) {
                client.createQueue(request -> request.queueName(name).attributes(wanted));
                return Provisioned.made(Provisioned.Kind.QUEUE, name);
            }
            return setRight(name, url.get(), wanted);
        } catch (SdkException e) {
            throw new ProvisionException("queue " + name + " could not be provisioned", e);
        }
    }

    private Provisioned setRight(String name, String url, Map<QueueAttributeName, String> wanted) {
        Map<QueueAttributeName, String> actual = client.getQueueAttributes(
                        request -> request.queueUrl(url).attributeNames(QueueAttributeName.ALL))
                .attributes();
        var differing = new EnumMap<QueueAttributeName, String>(QueueAttributeName.class);
        var detail = new TreeMap<String, String>();
        wanted.forEach((attribute, value) -> {
            String stands = actual.getOrDefault(attribute, "");
            if (!same(attribute, stands, value)) {
                differing.put(attribute, value);
                detail.put(attribute.toString(), stands + " -> " + value);
            }
        });
        if (differing.isEmpty()) {
            return Provisioned.alreadyThere(Provisioned.Kind.QUEUE, name);
        }
        if (differing.containsKey(FIFO_QUEUE)) {
            throw new ProvisionException("queue " + name + " exists but is no FIFO queue: remove it first");
        }
        client.setQueueAttributes(request -> request.queueUrl(url).attributes(differing));
        return Provisioned.changed(Provisioned.Kind.QUEUE, name, detail.toString());
    }

    private Optional<String> find(String name) {
        try {
            return Optional.of(
                    client.getQueueUrl(request -> request.queueName(name)).queueUrl());
        } catch (QueueDoesNotExistException e) {
            return Optional.empty();
        }
    }

    private String arn(String name) {
        String url = find(name).orElseThrow(() -> new ProvisionException("queue " + name + " vanished"));
        String arn = client.getQueueAttributes(request -> request.queueUrl(url).attributeNames(QUEUE_ARN))
                .attributes()
                .get(QUEUE_ARN);
        if (arn == null) {
            throw new ProvisionException("queue " + name + " has no ARN");
        }
        return arn;
    }

    /** Attributes are compared as text, but the redrive policy as JSON: SQS may answer its numbers as text. */
    private static boolean same(QueueAttributeName attribute, String actual, String wanted) {
        if (attribute != REDRIVE_POLICY || actual.isEmpty()) {
            return actual.equals(wanted);
        }
        try {
            JsonNode one = JSON.readTree(actual);
            JsonNode other = JSON.readTree(wanted);
            return one.path("deadLetterTargetArn")
                            .asText()
                            .equals(other.path("deadLetterTargetArn").asText())
                    && one.path("maxReceiveCount").asInt()
                            == other.path("maxReceiveCount").asInt();
        } catch (JsonProcessingException e) {
            throw new ProvisionException("redrive policy is no JSON: " + actual, e);
        }
    }

    private static String seconds(Duration duration) {
        return Long.toString(duration.toSeconds());
    }
}
