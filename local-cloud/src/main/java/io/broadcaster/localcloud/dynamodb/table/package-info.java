/** Tables, items and conditions in memory; no I/O. */
@NullMarked
package io.broadcaster.localcloud.dynamodb.table;

import org.jspecify.annotations.NullMarked;
