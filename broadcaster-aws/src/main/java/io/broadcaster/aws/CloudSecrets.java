package io.broadcaster.aws;

import io.broadcaster.config.FileSecrets;
import io.broadcaster.config.Secret;
import io.broadcaster.config.SecretException;
import io.broadcaster.config.SecretPlace;
import io.broadcaster.config.SecretStore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;

/** Secrets in files, and in AWS Secrets Manager, whose client is opened at the first that lies there. Needs GetSecretValue. */
final class CloudSecrets implements SecretStore, AutoCloseable {
    private final SecretStore files = new FileSecrets();
    private final Supplier<SecretsManagerClient> opener;
    private @Nullable SecretsManagerClient client; // guarded by this

    CloudSecrets(Supplier<SecretsManagerClient> opener) {
        this.opener = opener;
    }

    @Override
    public Secret read(SecretPlace place) throws SecretException {
        return switch (place) {
            case SecretPlace.InFile _ -> files.read(place);
            case SecretPlace.Managed(String id) -> managed(id);
        };
    }

    private Secret managed(String id) throws SecretException {
        try {
            GetSecretValueResponse answer = client().getSecretValue(request -> request.secretId(id));
            Secret secret = answer.secretBinary() == null
                    ? Secret.of(answer.secretString())
                    : Secret.owning(answer.secretBinary().asByteArray());
            return secret;
        } catch (SdkServiceException e) {
            throw new SecretException("secret " + id + " cannot be read: Secrets Manager answers " + e.statusCode());
        } catch (SdkException e) {
            throw new SecretException("secret " + id + " cannot be read: "
                    + e.getClass().getSimpleName()); // its message may quote the answer
        }
    }

    private synchronized SecretsManagerClient client() {
        SecretsManagerClient open = client;
        if (open == null) {
            open = opener.get();
            client = open;
        }
        return open;
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.close();
        }
    }
}
