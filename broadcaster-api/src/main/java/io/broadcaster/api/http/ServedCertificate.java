package io.broadcaster.api.http;

import com.linecorp.armeria.common.TlsKeyPair;
import com.linecorp.armeria.common.TlsProvider;
import io.broadcaster.config.ConfigException;
import io.broadcaster.config.FileSecrets;
import io.broadcaster.config.Secret;
import io.broadcaster.config.SecretException;
import io.broadcaster.config.SecretPlace;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate that the API serves, and its key, as two PEM files hold them. They are read before the start and at every
 * {@link #refresh}; a new connection gets the pair that was read last, one that is open keeps what it has. A pair that cannot
 * be used is a {@link ConfigException} that names the setting, and leaves the last good one in use. Safe for any thread.
 */
public final class ServedCertificate {
    private static final Logger LOG = LoggerFactory.getLogger(ServedCertificate.class);
    private static final FileSecrets FILES = new FileSecrets();
    private static final byte[] PROBE = "signed by the one, verified by the other".getBytes(StandardCharsets.US_ASCII);

    private final PemFiles files;
    private final AtomicReference<TlsKeyPair> pair;

    private ServedCertificate(PemFiles files) {
        this.files = files;
        this.pair = new AtomicReference<>(read(files));
    }

    /** Where the pair is, and how often it is looked at; the server's own certificate is the file's first. */
    public record PemFiles(Path certificate, Path key, Duration interval) {}

    /** Reads the pair. */
    public static ServedCertificate in(PemFiles files) {
        return new ServedCertificate(files);
    }

    /** Reads the files again. */
    public void refresh() {
        TlsKeyPair found = read(files);
        if (!found.equals(pair.getAndSet(found))) {
            LOG.atInfo().addKeyValue("until", until()).log("a renewed certificate is served to new connections");
        }
    }

    public Duration interval() {
        return files.interval();
    }

    /** When clients stop to believe it. */
    public Instant until() {
        return own(pair.get()).getNotAfter().toInstant();
    }

    TlsProvider provider() {
        return _ -> pair.get();
    }

    private static TlsKeyPair read(PemFiles files) {
        Secret chain = bytes("certificate", files.certificate());
        if (!holdsCertificates(chain)) {
            throw refused("certificate", "must hold certificates in PEM, the server's own first", files.certificate());
        }
        TlsKeyPair found = paired(bytes("key", files.key()), chain, files);
        if (!isKeyOf(own(found), found.privateKey())) {
            throw refused(
                    "key", "must hold the RSA or EC key of the first one in api.tls-certificate-file", files.key());
        }
        return found;
    }

    private static TlsKeyPair paired(Secret key, Secret chain, PemFiles files) {
        try {
            return TlsKeyPair.of(new ByteArrayInputStream(key.bytes()), new ByteArrayInputStream(chain.bytes()));
        } catch (IllegalArgumentException e) {
            throw refused("key", "must hold a private key in PEM, of PKCS #8 and without a password", files.key());
        } finally {
            key.wipe();
        }
    }

    private static X509Certificate own(TlsKeyPair pair) {
        return pair.certificateChain().getFirst();
    }

    private static boolean holdsCertificates(Secret chain) {
        try {
            var found = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(chain.bytes()));
            return !found.isEmpty();
        } catch (CertificateException e) {
            return false;
        }
    }

    private static boolean isKeyOf(X509Certificate certificate, PrivateKey key) {
        String algorithm = key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
        try {
            var signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(PROBE);
            byte[] signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(PROBE);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static Secret bytes(String which, Path file) {
        try {
            return FILES.read(new SecretPlace.InFile(file));
        } catch (SecretException e) {
            throw refused(which, "must be readable (" + e.getMessage() + ")", file);
        }
    }

    private static ConfigException refused(String which, String rule, Path file) {
        return new ConfigException(List.of("api.tls-" + which + "-file " + rule + ", but was '" + file + "'"));
    }
}
