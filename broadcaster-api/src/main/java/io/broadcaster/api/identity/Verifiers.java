package io.broadcaster.api.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jca.JCAContext;
import com.nimbusds.jose.util.Base64URL;
import java.security.Key;
import java.util.Set;
import java.util.concurrent.Semaphore;

/**
 * Signatures are verified on at most half of the processors at once: whoever sends tokens that do not hold, as many as he
 * can, leaves the rest to the launch. The others wait their turn; how many, is bounded by the room at the door.
 */
final class Verifiers extends DefaultJWSVerifierFactory {
    private final Semaphore turns =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true);

    @Override
    public JWSVerifier createJWSVerifier(JWSHeader header, Key key) throws JOSEException {
        return new TurnTaking(super.createJWSVerifier(header, key), turns);
    }

    private record TurnTaking(JWSVerifier verifier, Semaphore turns) implements JWSVerifier {
        @Override
        public boolean verify(JWSHeader header, byte[] signingInput, Base64URL signature) throws JOSEException {
            turns.acquireUninterruptibly();
            try {
                return verifier.verify(header, signingInput, signature);
            } finally {
                turns.release();
            }
        }

        @Override
        public Set<JWSAlgorithm> supportedJWSAlgorithms() {
            return verifier.supportedJWSAlgorithms();
        }

        @Override
        public JCAContext getJCAContext() {
            return verifier.getJCAContext();
        }
    }
}
