package io.broadcaster.audit;

import java.util.Arrays;
import java.util.Optional;

/** The closed set of acts that are written down. The wire name is part of the stored form and of the hash. */
public enum AuditAction {
    CREATE("create"),
    EDIT("edit"),
    UPLOAD("upload"),
    DELETE("delete"),
    LOAD("load"),
    PROOF("proof"),
    APPROVE("approve"),
    ARM("arm"),
    DISARM("disarm"),
    /** The press that launched. */
    PRESS("press"),
    /** A press that found the launch of an earlier one. */
    PRESS_AGAIN("press-again"),
    /** A press of a campaign that was not to be launched. */
    PRESS_REFUSED("press-refused"),
    ABORT("abort"),
    EXPORT("export"),
    /** A test device was registered, or registered anew. */
    TEST_DEVICE("test-device"),
    REDRIVE("redrive"),
    /** All sessions of a person ended. */
    END_SESSIONS("end-sessions"),
    /** An act whose entry stands was not done after all: somebody else wrote first. */
    NOT_DONE("not-done");

    private final String wireName;

    AuditAction(String wireName) {
        this.wireName = wireName;
    }

    /** Name in the stored form, in JSON and on screens. */
    public String wireName() {
        return wireName;
    }

    /** The action of a wire name; empty for any other text. */
    public static Optional<AuditAction> ofWireName(String text) {
        return Arrays.stream(values())
                .filter(action -> action.wireName.equals(text))
                .findFirst();
    }
}
