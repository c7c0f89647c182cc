package io.broadcaster.api.identity;

import java.util.Locale;
import java.util.Optional;

/** What a person is to Broadcaster; a person may be several. The issuer says so in the roles claim. */
public enum Role {
    MARKETER,
    APPROVER,
    ENGINEER,
    OPS,
    AUDITOR;

    /** As in the claim and in the documents. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Role> of(String wireName) {
        for (Role role : values()) {
            if (role.wireName().equals(wireName)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }
}
