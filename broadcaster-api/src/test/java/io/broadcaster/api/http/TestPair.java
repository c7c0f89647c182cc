package io.broadcaster.api.http;

import com.linecorp.armeria.common.TlsKeyPair;
import io.broadcaster.api.http.ServedCertificate.PemFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** A self-signed certificate for this machine's loopback names, and its key. */
record TestPair(PrivateKey key, X509Certificate certificate) {
    private static final String PASSWORD = "broadcaster";

    /** Of the JDK's keytool, which makes EC ones; half a second. */
    static TestPair ec(Path directory) throws IOException, GeneralSecurityException, InterruptedException {
        Path file = directory.resolve("ec.p12");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        String arguments = "-genkeypair -alias own -keyalg EC -groupname secp256r1 -dname CN=localhost -validity 2"
                + " -ext san=dns:localhost,ip:127.0.0.1 -storetype PKCS12 -storepass " + PASSWORD + " -keystore "
                + file;
        var command = List.of((keytool + " " + arguments).split(" "));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException("keytool: " + output);
        }
        try (InputStream in = Files.newInputStream(file)) {
            var store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD.toCharArray());
            return new TestPair((PrivateKey) store.getKey("own", PASSWORD.toCharArray()), (X509Certificate)
                    store.getCertificate("own"));
        }
    }

    /** Of the server library's own maker. */
    static TestPair rsa() {
        TlsKeyPair made = TlsKeyPair.ofSelfSigned("localhost");
        return new TestPair(made.privateKey(), made.certificateChain().getFirst());
    }

    void writeTo(PemFiles files) throws IOException, GeneralSecurityException {
        write(files.key(), pem("PRIVATE KEY", key.getEncoded()));
        write(files.certificate(), pem("CERTIFICATE", certificate.getEncoded()));
    }

    /** Replaces a file as a whole. */
    static void write(Path file, String text) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.writeString(next, text);
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /** A client's TLS that believes these pairs only. */
    static SSLContext trusting(TestPair... pairs) {
        try {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (TestPair pair : pairs) {
                store.setCertificateEntry(pair.certificate().getSerialNumber().toString(), pair.certificate());
            }
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a new connection to the port is shown. */
    static X509Certificate shown(int port, TestPair... trusted) {
        try (var socket = (SSLSocket) trusting(trusted).getSocketFactory().createSocket("127.0.0.1", port)) {
            socket.startHandshake();
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String pem(String kind, byte[] der) {
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + kind + "-----\n";
    }
}
