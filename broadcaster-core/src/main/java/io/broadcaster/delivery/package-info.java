/** What became of every device: outcomes, the ledger, progress, and the workers that do the work. */
@NullMarked
package io.broadcaster.delivery;

import org.jspecify.annotations.NullMarked;
