/** The stored audience as rows of text: fetched, decompressed, split, each step bounded. */
@NullMarked
package io.broadcaster.loader.read;

import org.jspecify.annotations.NullMarked;
