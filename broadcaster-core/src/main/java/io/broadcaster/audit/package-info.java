/** Who did what, when, to which campaign: a chain of entries in which an edit, a removal or another order shows. */
@NullMarked
package io.broadcaster.audit;

import org.jspecify.annotations.NullMarked;
