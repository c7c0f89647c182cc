/** How a batch goes out: the port to the providers, and the life of one batch under its policy. */
@NullMarked
package io.broadcaster.sender.send;

import org.jspecify.annotations.NullMarked;
