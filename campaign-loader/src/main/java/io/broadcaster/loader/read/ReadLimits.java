package io.broadcaster.loader.read;

/**
 * What a compressed audience may grow to, against decompression bombs: in all, and per stored byte once it is past
 * {@link #RATIO_FREE_BYTES}.
 */
public record ReadLimits(long decompressedBytesMax, int ratioMax) {
    /** Below 16 MiB any ratio goes: a short list of like ids compresses very well. */
    static final long RATIO_FREE_BYTES = 16 << 20;
}
