/** Outcomes and the ledger: what became of every batch. */
@NullMarked
package io.broadcaster.delivery;

import org.jspecify.annotations.NullMarked;
