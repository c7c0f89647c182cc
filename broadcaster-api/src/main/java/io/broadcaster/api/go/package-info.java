/** The press: one conditional write, then the slices; and all that keeps the promise of it afterwards. */
@NullMarked
package io.broadcaster.api.go;

import org.jspecify.annotations.NullMarked;
