/** The pages that people work with: what is served, as it lies in the jar. */
@NullMarked
package io.broadcaster.api.console;

import org.jspecify.annotations.NullMarked;
