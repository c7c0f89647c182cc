package io.broadcaster.localcloud.sqs.http;

import com.fasterxml.jackson.core.JsonParser;
import io.broadcaster.localcloud.sqs.queue.DeleteOutcome;
import io.broadcaster.localcloud.sqs.queue.FifoQueue;
import io.broadcaster.localcloud.sqs.queue.FifoQueue.VisibilityChange;
import io.broadcaster.localcloud.sqs.queue.VisibilityOutcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What ends or prolongs a receive: DeleteMessage, ChangeMessageVisibility, and their batches. */
final class SettleActions {
    private static final byte[] NOTHING = {'{', '}'};
    private static final int VISIBILITY_SECONDS_MAX = 43_200;

    private final QueueNames names;

    SettleActions(QueueNames names) {
        this.names = names;
    }

    /** A handle to settle as the request has it; the seconds are -1 where none were given. */
    private static final class Entry {
        private String id = "";
        private String receiptHandle = "";
        private int seconds = -1;

        void read(String name, JsonParser value) throws IOException {
            switch (name) {
                case "Id" -> id = Json.text(value);
                case "ReceiptHandle" -> receiptHandle = Json.text(value);
                case "VisibilityTimeout" -> seconds = Json.number(value);
                default -> {}
            }
        }

        VisibilityChange change() {
            if (seconds < 0 || seconds > VISIBILITY_SECONDS_MAX) {
                throw Refusal.invalidParameter(
                        "VisibilityTimeout", seconds, "VisibilityTimeout must be an integer between 0 and 43200");
            }
            return new VisibilityChange(receiptHandle, seconds);
        }
    }

    private record Call(String url, Entry single, List<Entry> entries) {
        static Call read(byte[] body) throws IOException {
            String[] url = {""};
            Entry single = new Entry();
            List<Entry> entries = new ArrayList<>(BatchRules.ENTRIES_MAX);
            try (JsonParser parser = Json.parser(body)) {
                Json.readObject(parser, (name, value) -> {
                    switch (name) {
                        case "QueueUrl" -> url[0] = Json.text(value);
                        case "Entries" ->
                            JsonArrays.forEachObject(value, () -> {
                                Entry entry = new Entry();
                                Json.readObject(value, entry::read);
                                entries.add(entry);
                            });
                        default -> single.read(name, value);
                    }
                });
            }
            return new Call(url[0], single, entries);
        }

        List<String> ids() {
            return entries.stream().map(entry -> entry.id).toList();
        }
    }

    byte[] delete(byte[] body) throws IOException {
        Call call = Call.read(body);
        FifoQueue queue = names.queue(call.url());
        String handle = given(call.single());
        DeleteOutcome outcome = queue.delete(List.of(handle)).getFirst();
        return switch (outcome) {
            case DELETED, GONE_BEFORE -> NOTHING;
            case RECEIPT_EXPIRED, RECEIPT_INVALID -> throw refusal(outcome, handle);
        };
    }

    byte[] deleteBatch(byte[] body) throws IOException {
        Call call = Call.read(body);
        FifoQueue queue = names.queue(call.url());
        BatchRules.check(call.ids(), "DeleteMessageBatchRequestEntry");
        List<DeleteOutcome> outcomes = queue.delete(
                call.entries().stream().map(entry -> entry.receiptHandle).toList());
        return BatchAnswer.write((answer, json) -> {
            for (int i = 0; i < outcomes.size(); i++) {
                Entry entry = call.entries().get(i);
                switch (outcomes.get(i)) {
                    case DELETED, GONE_BEFORE -> answer.succeeded(entry.id);
                    case RECEIPT_EXPIRED, RECEIPT_INVALID ->
                        answer.failed(entry.id, refusal(outcomes.get(i), entry.receiptHandle));
                }
            }
        });
    }

    byte[] changeVisibility(byte[] body) throws IOException {
        Call call = Call.read(body);
        FifoQueue queue = names.queue(call.url());
        String handle = given(call.single());
        if (call.single().seconds == -1) {
            throw Refusal.missing("VisibilityTimeout");
        }
        VisibilityOutcome outcome =
                queue.changeVisibility(List.of(call.single().change())).getFirst();
        if (outcome != VisibilityOutcome.CHANGED) {
            throw refusal(outcome, handle, call.single().seconds);
        }
        return NOTHING;
    }

    byte[] changeVisibilityBatch(byte[] body) throws IOException {
        Call call = Call.read(body);
        FifoQueue queue = names.queue(call.url());
        BatchRules.check(call.ids(), "ChangeMessageVisibilityBatchRequestEntry");
        return BatchAnswer.write((answer, json) -> {
            List<Entry> valid = new ArrayList<>(call.entries().size());
            List<VisibilityChange> changes = new ArrayList<>(call.entries().size());
            for (Entry entry : call.entries()) {
                try {
                    changes.add(entry.change());
                    valid.add(entry);
                } catch (Refusal refusal) {
                    answer.failed(entry.id, refusal);
                }
            }
            List<VisibilityOutcome> outcomes = queue.changeVisibility(changes);
            for (int i = 0; i < outcomes.size(); i++) {
                Entry entry = valid.get(i);
                if (outcomes.get(i) == VisibilityOutcome.CHANGED) {
                    answer.succeeded(entry.id);
                } else {
                    answer.failed(entry.id, refusal(outcomes.get(i), entry.receiptHandle, entry.seconds));
                }
            }
        });
    }

    private static String given(Entry entry) {
        if (entry.receiptHandle.isEmpty()) {
            throw Refusal.missing("ReceiptHandle");
        }
        return entry.receiptHandle;
    }

    private static Refusal refusal(DeleteOutcome outcome, String handle) {
        return outcome == DeleteOutcome.RECEIPT_INVALID
                ? invalidHandle(handle)
                : Refusal.invalidParameter("ReceiptHandle", handle, "The receipt handle has expired.");
    }

    private static Refusal refusal(VisibilityOutcome outcome, String handle, int seconds) {
        return switch (outcome) {
            case RECEIPT_INVALID -> invalidHandle(handle);
            case NOT_IN_FLIGHT -> new Refusal(ErrorCode.MESSAGE_NOT_INFLIGHT, "The specified message isn't in flight.");
            case BEYOND_TWELVE_HOURS ->
                Refusal.invalidParameter(
                        "VisibilityTimeout",
                        seconds,
                        "Total VisibilityTimeout for the message is beyond the limit [43200 seconds]");
            case MESSAGE_GONE, RECEIPT_EXPIRED, CHANGED ->
                Refusal.invalidParameter(
                        "ReceiptHandle",
                        handle,
                        "Message does not exist or is not available for visibility timeout change.");
        };
    }

    private static Refusal invalidHandle(String handle) {
        return new Refusal(
                ErrorCode.RECEIPT_HANDLE_IS_INVALID,
                "The input receipt handle \"" + handle + "\" is not a valid receipt handle.");
    }
}
