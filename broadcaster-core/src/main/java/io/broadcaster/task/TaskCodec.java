package io.broadcaster.task;

import io.broadcaster.campaign.CampaignId;
import io.broadcaster.campaign.DeliveryPolicy;
import io.broadcaster.campaign.InvalidInput;
import io.broadcaster.campaign.LaunchId;
import io.broadcaster.campaign.Platform;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * The wire form of tasks: {@code kind/version key=value …}, about 200 bytes of ASCII that a person can read in a
 * dead-letter queue. No value holds a blank. A reader refuses other kinds and versions and ignores keys that it does not
 * know, so that a newer writer may add some.
 */
public final class TaskCodec {
    /** Longest body that is read; ours are about 200 characters. */
    public static final int BODY_MAX = 2_048;

    private static final String LOAD = "load/1";
    private static final String PROOF = "proof/1";
    private static final String SLICE = "slice/1";
    private static final String BATCH = "batch/1";

    private TaskCodec() {}

    public static String write(LoadTask task) {
        return LOAD + " campaign=" + task.campaign() + " revision=" + task.revision();
    }

    public static String write(ProofTask task) {
        return PROOF + " campaign=" + task.campaign() + " revision=" + task.revision() + " proof=" + task.proofId()
                + " platform=" + task.platform().wireName();
    }

    public static String write(SliceTask task) {
        return launch(SLICE, task.launch(), task.platform())
                .append(" slice=")
                .append(task.index())
                .append(" first=")
                .append(task.firstBatch())
                .append(" batches=")
                .append(task.batches())
                .toString();
    }

    public static String write(BatchTask task) {
        return launch(BATCH, task.launch(), task.platform())
                .append(" batch=")
                .append(task.batch())
                .append(" mayRepeat=")
                .append(task.mayRepeat() ? 1 : 0)
                .toString();
    }

    public static LoadTask readLoad(String body) {
        var fields = Fields.of(LOAD, body);
        return new LoadTask(new CampaignId(fields.text("campaign")), fields.number("revision"));
    }

    public static ProofTask readProof(String body) {
        var fields = Fields.of(PROOF, body);
        return new ProofTask(
                new CampaignId(fields.text("campaign")),
                fields.number("revision"),
                fields.text("proof"),
                fields.platform());
    }

    public static SliceTask readSlice(String body) {
        var fields = Fields.of(SLICE, body);
        return new SliceTask(
                fields.launch(),
                fields.platform(),
                fields.number("slice"),
                fields.number("first"),
                fields.number("batches"));
    }

    public static BatchTask readBatch(String body) {
        var fields = Fields.of(BATCH, body);
        return new BatchTask(
                fields.launch(), fields.platform(), fields.number("batch"), fields.number("mayRepeat") == 1);
    }

    private static StringBuilder launch(String kind, LaunchFacts launch, Platform platform) {
        return new StringBuilder(240)
                .append(kind)
                .append(" launch=")
                .append(launch.id().value())
                .append(" campaign=")
                .append(launch.campaign().value())
                .append(" revision=")
                .append(launch.revision())
                .append(" dispatch=")
                .append(launch.dispatch())
                .append(" policy=")
                .append(launch.policy() == DeliveryPolicy.AT_LEAST_ONCE ? "at-least-once" : "at-most-once")
                .append(" pressed=")
                .append(launch.pressedAt().toEpochMilli())
                .append(" notAfter=")
                .append(launch.notAfter().toEpochMilli())
                .append(" platform=")
                .append(platform.wireName());
    }

    private record Fields(Map<String, String> values) {
        static Fields of(String kind, String body) {
            if (body.length() > BODY_MAX) {
                throw new InvalidInput("task", "must have at most " + BODY_MAX + " characters", body);
            }
            String[] words = body.split(" ", -1);
            if (!words[0].equals(kind)) {
                throw new InvalidInput("task", "must be of kind " + kind, words[0]);
            }
            var values = new HashMap<String, String>();
            for (int i = 1; i < words.length; i++) {
                int equals = words[i].indexOf('=');
                if (equals <= 0) {
                    throw new InvalidInput("task", "must be made of key=value words", words[i]);
                }
                values.put(words[i].substring(0, equals), words[i].substring(equals + 1));
            }
            return new Fields(values);
        }

        String text(String key) {
            String value = values.get(key);
            if (value == null) {
                throw new InvalidInput("task." + key, "must be present", "");
            }
            return value;
        }

        int number(String key) {
            String text = text(key);
            try {
                int value = Integer.parseInt(text);
                if (value >= 0) {
                    return value;
                }
            } catch (NumberFormatException e) {
                throw new InvalidInput("task." + key, "must be a whole number from 0 up", text);
            }
            throw new InvalidInput("task." + key, "must be a whole number from 0 up", text);
        }

        Instant instant(String key) {
            String text = text(key);
            try {
                return Instant.ofEpochMilli(Long.parseLong(text));
            } catch (NumberFormatException e) {
                throw new InvalidInput("task." + key, "must be milliseconds since 1970", text);
            }
        }

        Platform platform() {
            return Platform.ofWireName(text("platform"));
        }

        LaunchFacts launch() {
            DeliveryPolicy policy = switch (text("policy")) {
                case "at-least-once" -> DeliveryPolicy.AT_LEAST_ONCE;
                case "at-most-once" -> DeliveryPolicy.AT_MOST_ONCE;
                default ->
                    throw new InvalidInput("task.policy", "must be at-least-once or at-most-once", text("policy"));
            };
            return new LaunchFacts(
                    new LaunchId(text("launch")),
                    new CampaignId(text("campaign")),
                    number("revision"),
                    number("dispatch"),
                    policy,
                    instant("pressed"),
                    instant("notAfter"));
        }
    }
}
