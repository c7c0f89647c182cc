package io.broadcaster.api.http;

import com.linecorp.armeria.common.TlsKeyPair;
import com.linecorp.armeria.common.TlsProvider;
import io.broadcaster.config.ConfigException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the API's certificate chain and its private key are: two PEM files, which may be renewed while it serves. */
public record TlsFiles(Path certificate, Path key) {
    /** New connections see a renewed certificate after so long at most. */
    static final Duration LOOK_EVERY = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(TlsFiles.class);
    private static final byte[] ANYTHING = "anything".getBytes(StandardCharsets.US_ASCII);

    /** The pair as it is now, and as it will be; {@link ConfigException} when it cannot be used now. */
    TlsProvider watched() {
        return TlsProvider.ofScheduled(renewing(), LOOK_EVERY);
    }

    /** Answers each time with the pair as it then is, or with the last good one. */
    Supplier<TlsKeyPair> renewing() {
        return new Watch(this, read());
    }

    /** Reads both; {@link ConfigException} that names the file and the rule. */
    TlsKeyPair read() {
        TlsKeyPair pair;
        try {
            pair = TlsKeyPair.of(
                    readable(key, "key").toFile(),
                    readable(certificate, "certificate").toFile());
        } catch (IllegalArgumentException e) {
            throw new ConfigException(
                    List.of("api.tls-certificate-file and api.tls-key-file must be PEM files of a certificate"
                            + " chain and of its PKCS #8 key without a password, but " + certificate + " and " + key
                            + " cannot be read as such"));
        }
        if (!belong(pair.privateKey(), pair.certificateChain().getFirst().getPublicKey())) {
            throw new ConfigException(List.of("api.tls-key-file must be the key of the first certificate of "
                    + certificate + ", but " + key + " is another"));
        }
        return pair;
    }

    private static Path readable(Path file, String what) {
        if (!Files.isReadable(file)) {
            throw new ConfigException(
                    List.of("api.tls-" + what + "-file must be a readable file, but was '" + file + "'"));
        }
        return file;
    }

    private static boolean belong(PrivateKey key, PublicKey certified) {
        String algorithm = switch (key.getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default -> key.getAlgorithm();
        };
        try {
            var signing = Signature.getInstance(algorithm);
            signing.initSign(key);
            signing.update(ANYTHING);
            byte[] signature = signing.sign();
            signing.initVerify(certified);
            signing.update(ANYTHING);
            return signing.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** Looks again; a pair that cannot be used leaves the last good one, and is told once. Confined to one thread at a time. */
    private static final class Watch implements Supplier<TlsKeyPair> {
        private final TlsFiles files;
        private TlsKeyPair last;
        private boolean failing;

        Watch(TlsFiles files, TlsKeyPair first) {
            this.files = files;
            this.last = first;
        }

        @Override
        public synchronized TlsKeyPair get() {
            try {
                TlsKeyPair now = files.read();
                if (!now.equals(last)) {
                    last = now;
                    LOG.info("a renewed certificate is served to new connections");
                }
                failing = false;
            } catch (ConfigException e) {
                if (!failing) {
                    failing = true;
                    LOG.error("the certificate cannot be renewed, the last good one stays: {}", e.getMessage());
                }
            }
            return last;
        }
    }
}
