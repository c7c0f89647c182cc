/** Writing, loading, proofing and arming campaigns: all that happens before the press. */
@NullMarked
package io.broadcaster.api.campaigns;

import org.jspecify.annotations.NullMarked;
