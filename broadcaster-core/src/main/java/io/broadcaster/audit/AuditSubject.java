package io.broadcaster.audit;

import io.broadcaster.campaign.CampaignId;
import io.broadcaster.task.QueueName;

/** What an act was done to. */
public record AuditSubject(Kind kind, String name) {
    /** The kinds of subject. */
    public enum Kind {
        CAMPAIGN("campaign"),
        TEST_DEVICE("test-device"),
        QUEUE("queue"),
        PERSON("person");

        private final String wireName;

        Kind(String wireName) {
            this.wireName = wireName;
        }

        /** Name in the stored form and in JSON. */
        public String wireName() {
            return wireName;
        }
    }

    public static AuditSubject of(CampaignId campaign) {
        return new AuditSubject(Kind.CAMPAIGN, campaign.value());
    }

    /** A test device, by its name. */
    public static AuditSubject ofTestDevice(String name) {
        return new AuditSubject(Kind.TEST_DEVICE, name);
    }

    public static AuditSubject of(QueueName queue) {
        return new AuditSubject(Kind.QUEUE, queue.wireName());
    }

    /** Somebody, by the name of his sign-in. */
    public static AuditSubject ofPerson(String name) {
        return new AuditSubject(Kind.PERSON, name);
    }

    @Override
    public String toString() {
        return kind.wireName() + " " + name;
    }
}
