/** What a row of an audience must be. */
@NullMarked
package io.broadcaster.loader.check;

import org.jspecify.annotations.NullMarked;
