package io.broadcaster.loadtest.provider.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.broadcaster.loadtest.provider.Simulators;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** What a sender would get from the files that the simulators have written: TLS that trusts them, and bearer tokens. */
final class BenchCredentials {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, String> settings;

    BenchCredentials(Simulators simulators) {
        settings = simulators.settings();
    }

    String apnsAuthorization(Instant now) throws IOException, GeneralSecurityException {
        PrivateKey key = privateKey("EC", Files.readString(Path.of(setting("apns.signing-key-file"))));
        String header = "{\"alg\":\"ES256\",\"kid\":\"" + setting("apns.key-id") + "\"}";
        String claims = "{\"iss\":\"" + setting("apns.team-id") + "\",\"iat\":" + now.getEpochSecond() + "}";
        return "bearer " + sign(key, "SHA256withECDSAinP1363Format", header, claims);
    }

    String fcmAuthorization(Instant now) throws IOException, GeneralSecurityException, InterruptedException {
        JsonNode account =
                JSON.readTree(Path.of(setting("fcm.service-account-file")).toFile());
        PrivateKey key = privateKey("RSA", account.path("private_key").asText());
        String uri = account.path("token_uri").asText();
        String claims = "{\"iss\":\"" + account.path("client_email").asText() + "\",\"aud\":\"" + uri
                + "\",\"scope\":\"https://www.googleapis.com/auth/firebase.messaging\",\"iat\":" + now.getEpochSecond()
                + ",\"exp\":" + (now.getEpochSecond() + 3_600) + "}";
        String assertion = sign(key, "SHA256withRSA", "{\"alg\":\"RS256\"}", claims);
        String form =
                "grant_type=" + URLEncoder.encode("urn:ietf:params:oauth:grant-type:jwt-bearer", StandardCharsets.UTF_8)
                        + "&assertion=" + assertion;
        try (var client = HttpClient.newBuilder().sslContext(tls()).build()) {
            var request = HttpRequest.newBuilder(URI.create(uri))
                    .POST(HttpRequest.BodyPublishers.ofString(form))
                    .build();
            var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            return "Bearer " + JSON.readTree(answer.body()).path("access_token").asText();
        }
    }

    SSLContext tls() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (var pem = Files.newInputStream(Path.of(setting("apns.trust-file")))) {
            store.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private String setting(String key) {
        return settings.getOrDefault(key, "");
    }

    private static PrivateKey privateKey(String algorithm, String pem) throws GeneralSecurityException {
        String base64 = pem.replaceAll("-----[A-Z ]+-----", "");
        byte[] der = Base64.getMimeDecoder().decode(base64);
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
    }

    private static String sign(PrivateKey key, String algorithm, String header, String claims)
            throws GeneralSecurityException {
        String signed =
                base64(header.getBytes(StandardCharsets.UTF_8)) + "." + base64(claims.getBytes(StandardCharsets.UTF_8));
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(signed.getBytes(StandardCharsets.US_ASCII));
        return signed + "." + base64(signature.sign());
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
