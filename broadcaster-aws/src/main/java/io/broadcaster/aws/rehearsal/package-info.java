/** A transport of the SDK that answers by itself, for workers that rehearse before they are ready. */
@NullMarked
package io.broadcaster.aws.rehearsal;

import org.jspecify.annotations.NullMarked;
