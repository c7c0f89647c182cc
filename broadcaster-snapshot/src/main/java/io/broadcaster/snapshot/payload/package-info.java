/** Contents rendered as the providers' JSON, and which device gets which. */
@NullMarked
package io.broadcaster.snapshot.payload;

import org.jspecify.annotations.NullMarked;
