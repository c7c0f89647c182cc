package io.broadcaster.sender.provider.http2;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import javax.net.ssl.SSLException;

/**
 * Both sides of TLS with a key of the moment, for a peer in this very process: nobody else has the key, and nobody else trusts
 * it. Closing frees both.
 */
record LoopbackTls(SslContext server, SslContext client) implements AutoCloseable {
    private static final Duration VALID = Duration.ofHours(1);
    private static final DateTimeFormatter UTC_TIME =
            DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    private static final int INTEGER = 0x02;
    private static final int BIT_STRING = 0x03;
    private static final int OBJECT_ID = 0x06;
    private static final int UTF8_STRING = 0x0c;
    private static final int TIME = 0x17;
    private static final int SEQUENCE = 0x30;
    private static final int SET = 0x31;

    /** 1.2.840.10045.4.3.2 and 2.5.4.3 (RFC 5758, RFC 5280). */
    private static final byte[] ECDSA_WITH_SHA256 = {0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x04, 0x03, 0x02};

    private static final byte[] COMMON_NAME = {0x55, 0x04, 0x03};

    static LoopbackTls create(Instant now) {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair keys = generator.generateKeyPair();
            X509Certificate certificate = certificate(keys, now);
            var server = SslContextBuilder.forServer(keys.getPrivate(), certificate);
            var client = SslContextBuilder.forClient()
                    .trustManager(certificate)
                    .endpointIdentificationAlgorithm(null); // the certificate names no host: it is trusted by itself
            return new LoopbackTls(
                    Transport.http2(server).build(), Transport.http2(client).build());
        } catch (GeneralSecurityException | SSLException e) {
            throw new IllegalStateException("this JVM makes no key for TLS", e);
        }
    }

    /** Self-signed, of version 1: the JDK reads certificates and makes none. */
    private static X509Certificate certificate(KeyPair keys, Instant now) throws GeneralSecurityException {
        byte[] algorithm = der(SEQUENCE, der(OBJECT_ID, ECDSA_WITH_SHA256));
        byte[] text = der(UTF8_STRING, "rehearsal".getBytes(StandardCharsets.US_ASCII));
        byte[] name = der(SEQUENCE, der(SET, der(SEQUENCE, der(OBJECT_ID, COMMON_NAME), text)));
        byte[] validity = der(SEQUENCE, time(now.minus(VALID)), time(now.plus(VALID)));
        byte[] serial = der(INTEGER, new byte[] {1});
        byte[] signed = der(
                SEQUENCE,
                serial,
                algorithm,
                name,
                validity,
                name,
                keys.getPublic().getEncoded());
        var signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(keys.getPrivate());
        signature.update(signed);
        byte[] whole = der(SEQUENCE, signed, algorithm, der(BIT_STRING, new byte[1], signature.sign()));
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(whole));
    }

    private static byte[] time(Instant at) {
        return der(TIME, UTC_TIME.format(at).getBytes(StandardCharsets.US_ASCII));
    }

    /** A value in DER, of at most 64 KiB. */
    private static byte[] der(int tag, byte[]... parts) {
        var content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        var out = new ByteArrayOutputStream();
        out.write(tag);
        int length = content.size();
        if (length > 0xff) {
            out.write(0x82);
            out.write(length >> Byte.SIZE);
        } else if (length > 0x7f) {
            out.write(0x81);
        }
        out.write(length);
        out.writeBytes(content.toByteArray());
        return out.toByteArray();
    }

    @Override
    public void close() {
        ReferenceCountUtil.release(server);
        ReferenceCountUtil.release(client);
    }
}
