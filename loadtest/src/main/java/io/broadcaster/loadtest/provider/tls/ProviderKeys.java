package io.broadcaster.loadtest.provider.tls;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;

/** The credentials that simulators hand to senders: the APNs signing key (ES256) and the FCM service account's (RS256). */
public final class ProviderKeys {
    private static final int RSA_BITS = 2_048;

    private final KeyPair apns;
    private final KeyPair fcm;

    private ProviderKeys(KeyPair apns, KeyPair fcm) {
        this.apns = apns;
        this.fcm = fcm;
    }

    /** Fresh keys. */
    public static ProviderKeys create() {
        try {
            KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
            rsa.initialize(RSA_BITS);
            return new ProviderKeys(ecKeyPair(), rsa.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("simulator keys cannot be made", e);
        }
    }

    static KeyPair ecKeyPair() throws GeneralSecurityException {
        KeyPairGenerator ec = KeyPairGenerator.getInstance("EC");
        ec.initialize(new ECGenParameterSpec("secp256r1"));
        return ec.generateKeyPair();
    }

    /** What verifies provider tokens. */
    public PublicKey apnsPublicKey() {
        return apns.getPublic();
    }

    /** What verifies assertions of the service account. */
    public PublicKey fcmPublicKey() {
        return fcm.getPublic();
    }

    /** The APNs signing key as Apple hands it out: PKCS#8 PEM. */
    public String apnsSigningKeyPem() {
        return Pem.write("PRIVATE KEY", apns.getPrivate().getEncoded());
    }

    /** The service account's key, PKCS#8 PEM. */
    public String fcmPrivateKeyPem() {
        return Pem.write("PRIVATE KEY", fcm.getPrivate().getEncoded());
    }
}
