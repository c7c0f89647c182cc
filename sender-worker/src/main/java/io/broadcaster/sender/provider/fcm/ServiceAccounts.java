package io.broadcaster.sender.provider.fcm;

import com.google.auth.oauth2.ServiceAccountCredentials;
import io.broadcaster.config.Secret;
import io.broadcaster.config.SecretException;
import io.broadcaster.config.SecretStore;
import io.broadcaster.sender.provider.rotation.ReadKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;

/** Reads Google's service-account JSON. Messages hold nothing of it; Google's reader makes Strings of it that cannot be wiped. */
public final class ServiceAccounts implements ReadKey.Reader<ServiceAccountCredentials> {
    /** The account that a process starts with; {@link io.broadcaster.config.ConfigException} when it cannot be used. */
    public static ReadKey<ServiceAccountCredentials> first(FcmConfig config, SecretStore secrets) {
        return ReadKey.first(secrets, config.serviceAccount(), new ServiceAccounts(), "fcm.service-account");
    }

    @Override
    public ReadKey<ServiceAccountCredentials> read(Secret secret) throws SecretException {
        byte[] bytes = secret.bytes();
        try {
            ServiceAccountCredentials account = ServiceAccountCredentials.fromStream(new ByteArrayInputStream(bytes));
            String name = Objects.requireNonNullElse(account.getPrivateKeyId(), "without an id");
            return new ReadKey<>(account, name, secret.fingerprint());
        } catch (IOException | RuntimeException e) {
            throw new SecretException("the service account cannot be read: "
                    + e.getClass().getSimpleName()); // its message may quote the account
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }
}
