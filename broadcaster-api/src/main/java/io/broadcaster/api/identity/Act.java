package io.broadcaster.api.identity;

import io.broadcaster.config.WireName;

/** Every kind of thing that somebody does through the API, with the words that end the sentence "you may not …". */
public enum Act {
    /** See who one is; open to everybody who has signed in, whatever his roles. */
    ENTER("sign in"),
    READ("look at campaigns"),
    READ_FLEET("look at the fleet"),
    READ_LOAD_TESTS("look at load tests"),
    WRITE_CONTENT("write campaigns"),
    UPLOAD_AUDIENCE("upload an audience"),
    LOAD("load an audience"),
    REGISTER_TEST_DEVICE("register test devices"),
    PROOF("send proofs"),
    APPROVE("approve"),
    ARM("arm"),
    DISARM("disarm"),
    PRESS("press GO"),
    ABORT("abort"),
    EXPORT("export"),
    REDRIVE("redrive dead letters"),
    END_SESSIONS("end somebody's sessions"),
    READ_AUDIT("read the audit log");

    private final String words;

    Act(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }

    /** As in the documents and in JSON, such as {@code write-content}. */
    public String wireName() {
        return WireName.of(this);
    }
}
