package io.broadcaster.loadtest.provider.tls;

import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate authority made at start and the certificate that it signs for localhost, 127.0.0.1 and ::1; EC P-256,
 * valid for {@link #VALIDITY}. Private keys stay in memory. Immutable.
 */
public final class ServerIdentity {
    /** How long both certificates hold: longer than any rehearsal. */
    static final Duration VALIDITY = Duration.ofDays(30);

    private static final Duration CLOCK_SKEW = Duration.ofHours(1);
    private static final int SERIAL_BITS = 127;

    private final X509Certificate authority;
    private final X509Certificate certificate;
    private final PrivateKey key;

    private ServerIdentity(X509Certificate authority, X509Certificate certificate, PrivateKey key) {
        this.authority = authority;
        this.certificate = certificate;
        this.key = key;
    }

    /** Makes authority and certificate, valid from an hour before {@code now}. */
    public static ServerIdentity create(Instant now, SecureRandom random) {
        try {
            KeyPair authorityKeys = ProviderKeys.ecKeyPair();
            KeyPair serverKeys = ProviderKeys.ecKeyPair();
            var authorityName = new X500Name("CN=Broadcaster simulator CA");
            var authority = builder(authorityName, authorityName, authorityKeys, now, random)
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            var server = builder(authorityName, new X500Name("CN=localhost"), serverKeys, now, random)
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                    .addExtension(
                            Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
                    .addExtension(Extension.subjectAlternativeName, false, names());
            return new ServerIdentity(
                    sign(authority, authorityKeys.getPrivate()),
                    sign(server, authorityKeys.getPrivate()),
                    serverKeys.getPrivate());
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("simulator certificates cannot be made", e);
        }
    }

    /** The authority as PEM: what a client must trust. */
    public String authorityPem() {
        try {
            return Pem.write("CERTIFICATE", authority.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("simulator certificate cannot be written", e);
        }
    }

    /** TLS 1.2 and 1.3 with h2 by ALPN, and http/1.1 where asked for; tcnative where the platform has it. */
    public SslContext tls(boolean http1) {
        boolean openSsl = OpenSsl.isAvailable();
        try {
            return SslContextBuilder.forServer(key, certificate, authority)
                    .sslProvider(openSsl ? SslProvider.OPENSSL : SslProvider.JDK)
                    .protocols("TLSv1.3", "TLSv1.2")
                    .ciphers(Http2SecurityUtil.CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
                    .applicationProtocolConfig(new ApplicationProtocolConfig(
                            Protocol.ALPN,
                            SelectorFailureBehavior.NO_ADVERTISE,
                            SelectedListenerFailureBehavior.ACCEPT,
                            http1
                                    ? new String[] {ApplicationProtocolNames.HTTP_2, ApplicationProtocolNames.HTTP_1_1}
                                    : new String[] {ApplicationProtocolNames.HTTP_2}))
                    .build();
        } catch (IOException e) {
            throw new IllegalStateException("simulator TLS cannot be set up", e);
        }
    }

    private static GeneralNames names() {
        return new GeneralNames(new GeneralName[] {
            new GeneralName(GeneralName.dNSName, "localhost"),
            new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
            new GeneralName(GeneralName.iPAddress, "::1")
        });
    }

    private static X509v3CertificateBuilder builder(
            X500Name issuer, X500Name subject, KeyPair keys, Instant now, SecureRandom random) {
        return new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(SERIAL_BITS, random).add(BigInteger.ONE),
                Date.from(now.minus(CLOCK_SKEW)),
                Date.from(now.plus(VALIDITY)),
                subject,
                keys.getPublic());
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey by)
            throws GeneralSecurityException, OperatorCreationException {
        var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(by);
        return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    }
}
