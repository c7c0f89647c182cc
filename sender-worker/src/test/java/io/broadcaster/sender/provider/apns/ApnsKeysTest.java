package io.broadcaster.sender.provider.apns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.broadcaster.config.FileSecrets;
import io.broadcaster.config.Secret;
import io.broadcaster.config.SecretException;
import io.broadcaster.config.SecretPlace;
import io.broadcaster.config.Settings;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ApnsKeysTest {
    private static final Map<String, String> IDS = Map.of("apns.key-id", "KEY1", "apns.team-id", "TEAM1");

    @Test
    void read_pem_takesTheIdsOfTheSettings() throws Exception {
        var key = keys(IDS).read(Secret.of(pem("EC")));

        assertThat(key.name()).isEqualTo("KEY1");
        assertThat(key.key().getTeamId()).isEqualTo("TEAM1");
    }

    @Test
    void read_json_bringsItsOwnIds() throws Exception {
        String json = new ObjectMapper()
                .writeValueAsString(Map.of("keyId", "KEY2", "teamId", "TEAM2", "privateKey", pem("EC")));
        var key = keys(IDS).read(Secret.of(json));

        assertThat(key.name()).isEqualTo("KEY2");
        assertThat(key.key().getTeamId()).isEqualTo("TEAM2");
        assertThat(key.fingerprint()).isEqualTo(Secret.of(json).fingerprint());
    }

    @Test
    void read_whatIsNoKey_saysSoAndQuotesNothing() throws NoSuchAlgorithmException, JsonProcessingException {
        String half = pem("EC").substring(0, 90);
        String wrongKind = pem("RSA");
        String nonsense = "-----BEGIN PRIVATE KEY-----\nhush-hush\n-----END PRIVATE KEY-----";
        String inJson = new ObjectMapper().writeValueAsString(Map.of("privateKey", nonsense));
        for (String broken :
                new String[] {"", "hush-hush", half, wrongKind, nonsense, inJson, "{\"privateKey\": hush-hush"}) {
            assertThatThrownBy(() -> keys(IDS).read(Secret.of(broken)))
                    .isInstanceOf(SecretException.class)
                    .hasMessageStartingWith("the APNs key")
                    .message()
                    .doesNotContain("hush");
        }
    }

    @Test
    void read_pemWithoutIds_isRefused() {
        assertThatThrownBy(() -> keys(Map.of()).read(Secret.of(pem("EC"))))
                .isInstanceOf(SecretException.class)
                .hasMessageContaining("key id");
    }

    @Test
    void first_noFile_stopsTheStartWithTheSetting() {
        assertThatThrownBy(() -> ApnsKeys.first(config(IDS), new FileSecrets()))
                .hasMessageContaining("apns.signing-key cannot be used: file none.p8 is not there");
        assertThatThrownBy(() -> new FileSecrets().read(new SecretPlace.Managed("broadcaster/apns")))
                .isInstanceOf(SecretException.class);
    }

    private static ApnsKeys keys(Map<String, String> ids) {
        return new ApnsKeys(config(ids));
    }

    private static ApnsConfig config(Map<String, String> ids) {
        var values = new HashMap<>(ids);
        values.put("apns.topic", "com.example.game");
        values.put("apns.signing-key-file", "none.p8");
        return ApnsConfig.from(Settings.of(values));
    }

    private static String pem(String algorithm) throws NoSuchAlgorithmException {
        byte[] der = KeyPairGenerator.getInstance(algorithm)
                .generateKeyPair()
                .getPrivate()
                .getEncoded();
        return "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(der)
                + "\n-----END PRIVATE KEY-----\n";
    }
}
