/** Campaigns, go, progress and the console over HTTP. */
@NullMarked
package io.broadcaster.api;

import org.jspecify.annotations.NullMarked;
