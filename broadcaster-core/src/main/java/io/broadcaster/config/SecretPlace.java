package io.broadcaster.config;

import java.nio.file.Path;

/** Where a secret is kept. It may be another one at every look: that is how a key is rotated. */
public sealed interface SecretPlace {
    /** A file on this machine. */
    record InFile(Path file) implements SecretPlace {
        @Override
        public String toString() {
            return "file " + file;
        }
    }

    /** A secret of AWS Secrets Manager, by its name or ARN. */
    record Managed(String id) implements SecretPlace {
        @Override
        public String toString() {
            return "secret " + id;
        }
    }
}
