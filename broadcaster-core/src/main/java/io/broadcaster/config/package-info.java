/** Typed configuration, checked once at the start. */
@NullMarked
package io.broadcaster.config;

import org.jspecify.annotations.NullMarked;
