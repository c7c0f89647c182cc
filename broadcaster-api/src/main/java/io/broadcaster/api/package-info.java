/** Campaigns, go and progress over HTTP. Start reading at {@code go/Go}. */
@NullMarked
package io.broadcaster.api;

import org.jspecify.annotations.NullMarked;
