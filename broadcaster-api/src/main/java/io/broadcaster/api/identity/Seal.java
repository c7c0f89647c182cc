package io.broadcaster.api.identity;

import io.broadcaster.config.AppName;
import io.broadcaster.config.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Text that only this API can write and read, kept by browsers: AES-256-GCM under a random nonce, bound to its purpose and
 * to the app, so that apps under one key do not take each other's. The first key seals and every key opens, so that keys
 * change without a sign-out. Safe for any thread.
 */
final class Seal {
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int SEALED_CHARACTERS_MAX = 4 << 10;

    private final AppName app;
    private final List<SecretKey> keys;
    private final RandomGenerator random;

    Seal(AppName app, List<Secret> secrets, RandomGenerator random) {
        if (secrets.isEmpty()) {
            throw new IllegalArgumentException("a seal needs a key");
        }
        this.app = app;
        this.keys = secrets.stream().map(Seal::key).toList();
        this.random = random;
    }

    String close(String purpose, String text) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, keys.getFirst(), nonce, purpose)
                    .doFinal(text.getBytes(StandardCharsets.UTF_8));
            byte[] whole = ByteBuffer.allocate(nonce.length + sealed.length)
                    .put(nonce)
                    .put(sealed)
                    .array();
            return Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + CIPHER, e);
        }
    }

    /** The text; empty when it is not ours, was changed, was sealed for another purpose, or its key is gone. */
    Optional<String> open(String purpose, String sealed) {
        Optional<byte[]> whole = decode(sealed);
        if (whole.isEmpty() || whole.get().length < NONCE_BYTES + TAG_BITS / 8) {
            return Optional.empty();
        }
        var texts = new ArrayList<String>();
        for (SecretKey key : keys) {
            open(key, purpose, whole.get()).ifPresent(texts::add);
        }
        return texts.stream().findFirst();
    }

    private Optional<String> open(SecretKey key, String purpose, byte[] whole) {
        byte[] nonce = Arrays.copyOf(whole, NONCE_BYTES);
        try {
            byte[] text = cipher(Cipher.DECRYPT_MODE, key, nonce, purpose)
                    .doFinal(whole, NONCE_BYTES, whole.length - NONCE_BYTES);
            return Optional.of(new String(text, StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private Cipher cipher(int mode, SecretKey key, byte[] nonce, String purpose) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD((app.value() + "\n" + purpose).getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private static Optional<byte[]> decode(String sealed) {
        if (sealed.length() > SEALED_CHARACTERS_MAX) {
            return Optional.empty();
        }
        try {
            return Optional.of(Base64.getUrlDecoder().decode(sealed));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static SecretKey key(Secret secret) {
        try {
            return new SecretKeySpec(MessageDigest.getInstance("SHA-256").digest(secret.bytes()), "AES");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
