package io.broadcaster.localcloud.issuer;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Who may sign in locally, in the order of the sign-in page, each with the names of his roles. At most 1,000. */
public record LocalUsers(Map<String, List<String>> rolesByName) {
    private static final int USERS_MAX = 1_000;
    private static final Pattern NAME = Pattern.compile("[a-z0-9._@-]{1,64}");

    public LocalUsers {
        if (rolesByName.size() > USERS_MAX) {
            throw new IllegalArgumentException("at most " + USERS_MAX + " local users, but were " + rolesByName.size());
        }
        rolesByName.keySet().forEach(LocalUsers::requireName);
        rolesByName = Collections.unmodifiableMap(new LinkedHashMap<>(rolesByName));
    }

    /** One per role, and two further marketers. */
    public static LocalUsers standard() {
        var users = new LinkedHashMap<String, List<String>>();
        users.put("alice", List.of("marketer"));
        users.put("bob", List.of("approver"));
        users.put("erin", List.of("engineer"));
        users.put("olga", List.of("ops"));
        users.put("audrey", List.of("auditor"));
        users.put("mary", List.of("marketer"));
        users.put("nick", List.of("marketer"));
        return new LocalUsers(users);
    }

    /** These and others. */
    public LocalUsers with(Map<String, List<String>> others) {
        var users = new LinkedHashMap<>(rolesByName);
        users.putAll(others);
        return new LocalUsers(users);
    }

    private static void requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a local user's name must be 1 to 64 of a-z 0-9 . _ @ -, but was " + name);
        }
    }
}
