package io.broadcaster.sender;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A certificate for localhost made by the JDK's keytool, and key files of the providers' forms. */
public final class TestTls {
    public static final String PASSWORD = "broadcaster";

    private final Path directory;

    private TestTls(Path directory) {
        this.directory = directory;
    }

    public static TestTls in(Path directory) {
        keytool(List.of(
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "RSA",
                "-keysize",
                "2048",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                directory.resolve("server.p12").toString(),
                "-storepass",
                PASSWORD));
        var tls = new TestTls(directory);
        tls.write("ca.pem", "CERTIFICATE", () -> tls.certificate().getEncoded());
        return tls;
    }

    public Path keyStore() {
        return directory.resolve("server.p12");
    }

    public Path trustFile() {
        return directory.resolve("ca.pem");
    }

    public X509Certificate certificate() {
        try {
            return (X509Certificate) loaded().getCertificate("server");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public PrivateKey privateKey() {
        try {
            Key key = loaded().getKey("server", PASSWORD.toCharArray());
            return (PrivateKey) key;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A fresh .p8 file as Apple hands them out. */
    public Path signingKeyFile() {
        return write("key.p8", "PRIVATE KEY", () -> {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            return pair.getPrivate().getEncoded();
        });
    }

    /** A service account whose tokens come from {@code tokenUri}. */
    public Path serviceAccountFile(String tokenUri) {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            String key =
                    pem("PRIVATE KEY", generator.generateKeyPair().getPrivate().getEncoded());
            String json = """
                    {"type":"service_account","project_id":"demo","private_key_id":"k1",
                    "private_key":"%s","client_email":"sender@demo.iam.gserviceaccount.com",
                    "client_id":"1","token_uri":"%s"}""".formatted(key.replace("\n", "\\n"), tokenUri);
            return Files.writeString(directory.resolve("account.json"), json);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private KeyStore loaded() {
        try (InputStream in = Files.newInputStream(keyStore())) {
            var store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD.toCharArray());
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Path write(String name, String kind, Encoded encoded) {
        try {
            return Files.writeString(directory.resolve(name), pem(kind, encoded.bytes()));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String kind, byte[] der) {
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + kind + "-----\n";
    }

    private static void keytool(List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(arguments);
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("keytool: " + output);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private interface Encoded {
        byte[] bytes() throws GeneralSecurityException;
    }
}
