/** The adapters to the push providers. */
@NullMarked
package io.broadcaster.sender.provider;

import org.jspecify.annotations.NullMarked;
