/** The ledger's side of a batch: claim before, record after. */
@NullMarked
package io.broadcaster.sender.settle;

import org.jspecify.annotations.NullMarked;
