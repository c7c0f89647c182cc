package io.broadcaster.localcloud.sqs.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.broadcaster.localcloud.sqs.queue.FifoQueue;
import io.broadcaster.localcloud.sqs.queue.MessageContent;
import io.broadcaster.localcloud.sqs.queue.MessageDraft;
import io.broadcaster.localcloud.sqs.queue.SendOutcome;
import io.broadcaster.localcloud.sqs.queue.Sequence;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** SendMessage and SendMessageBatch. */
final class SendActions {
    private final QueueNames names;

    SendActions(QueueNames names) {
        this.names = names;
    }

    byte[] send(byte[] body) throws IOException {
        SendEntry.Reader entry = new SendEntry.Reader();
        String[] url = {""};
        try (JsonParser parser = Json.parser(body)) {
            Json.readObject(parser, (name, value) -> {
                if (name.equals("QueueUrl")) {
                    url[0] = Json.text(value);
                } else {
                    entry.read(name, value);
                }
            });
        }
        FifoQueue queue = names.queue(url[0]);
        MessageDraft draft = MessageRules.draft(entry.entry());
        SendOutcome outcome = queue.send(List.of(draft)).getFirst();
        return Json.write(json -> writeSent(json, draft.content(), outcome, queue));
    }

    byte[] sendBatch(byte[] body) throws IOException {
        List<SendEntry> entries = new ArrayList<>(BatchRules.ENTRIES_MAX);
        String[] url = {""};
        try (JsonParser parser = Json.parser(body)) {
            Json.readObject(parser, (name, value) -> {
                switch (name) {
                    case "QueueUrl" -> url[0] = Json.text(value);
                    case "Entries" -> readEntries(value, entries);
                    default -> {}
                }
            });
        }
        FifoQueue queue = names.queue(url[0]);
        BatchRules.check(entries.stream().map(SendEntry::id).toList(), "SendMessageBatchRequestEntry");
        return answerBatch(queue, entries);
    }

    private static byte[] answerBatch(FifoQueue queue, List<SendEntry> entries) throws IOException {
        return BatchAnswer.write((answer, json) -> {
            List<String> ids = new ArrayList<>(entries.size());
            List<MessageDraft> drafts = new ArrayList<>(entries.size());
            for (SendEntry entry : entries) {
                try {
                    drafts.add(MessageRules.draft(entry));
                    ids.add(entry.id());
                } catch (Refusal refusal) {
                    answer.failed(entry.id(), refusal);
                }
            }
            BatchRules.checkBytes(
                    drafts.stream().mapToLong(draft -> draft.content().bytes()).sum());
            List<SendOutcome> outcomes = queue.send(drafts);
            for (int i = 0; i < outcomes.size(); i++) {
                if (outcomes.get(i) instanceof SendOutcome.Refused refused) {
                    answer.failed(ids.get(i), refusal(refused.why(), queue));
                } else {
                    json.writeStartObject();
                    json.writeStringField("Id", ids.get(i));
                    writeSent(json, drafts.get(i).content(), outcomes.get(i), queue);
                    json.writeEndObject();
                }
            }
        });
    }

    private static void writeSent(JsonGenerator json, MessageContent content, SendOutcome outcome, FifoQueue queue)
            throws IOException {
        switch (outcome) {
            case SendOutcome.Stored(String messageId, long sequence) -> writeSent(json, content, messageId, sequence);
            case SendOutcome.Duplicate(String messageId, long sequence) ->
                writeSent(json, content, messageId, sequence);
            case SendOutcome.Refused(SendOutcome.Why why) -> throw refusal(why, queue);
        }
    }

    private static void writeSent(JsonGenerator json, MessageContent content, String messageId, long sequence)
            throws IOException {
        json.writeStringField("MessageId", messageId);
        json.writeStringField("MD5OfMessageBody", content.bodyMd5());
        if (!content.attributes().isEmpty()) {
            json.writeStringField("MD5OfMessageAttributes", AttributeDigest.md5Hex(content.attributes()));
        }
        if (!content.systemAttributes().isEmpty()) {
            json.writeStringField("MD5OfMessageSystemAttributes", AttributeDigest.md5Hex(content.systemAttributes()));
        }
        json.writeStringField("SequenceNumber", Sequence.text(sequence));
    }

    private static Refusal refusal(SendOutcome.Why why, FifoQueue queue) {
        return switch (why) {
            case NO_DEDUPLICATION_ID ->
                new Refusal(
                        ErrorCode.INVALID_PARAMETER_VALUE,
                        "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId"
                                + " provided explicitly");
            case TOO_LONG ->
                new Refusal(
                        ErrorCode.INVALID_PARAMETER_VALUE,
                        "One or more parameters are invalid. Reason: Message must be shorter than "
                                + queue.settings().messageBytesMax() + " bytes.");
            case QUEUE_FULL -> new Refusal(ErrorCode.OVER_LIMIT, "The local queue is full.");
        };
    }

    private static void readEntries(JsonParser parser, List<SendEntry> entries) throws IOException {
        JsonArrays.forEachObject(parser, () -> {
            SendEntry.Reader reader = new SendEntry.Reader();
            Json.readObject(parser, reader::read);
            entries.add(reader.entry());
        });
    }
}
