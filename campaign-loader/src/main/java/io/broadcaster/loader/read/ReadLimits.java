package io.broadcaster.loader.read;

/**
 * What an audience may grow to, against bombs: in bytes once decompressed, in bytes per stored byte past {@link
 * #RATIO_FREE_BYTES}, and in rows, blank ones counted.
 */
public record ReadLimits(long decompressedBytesMax, int ratioMax, long rowsMax) {
    /** Below 16 MiB any ratio goes: a short list of like ids compresses very well. */
    static final long RATIO_FREE_BYTES = 16 << 20;
}
