/** Typed settings that are read once, checked whole, and never print a secret. */
@NullMarked
package io.broadcaster.config;

import org.jspecify.annotations.NullMarked;
