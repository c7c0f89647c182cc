/** Routes, bodies and errors: the HTTP face, and nothing but it. */
@NullMarked
package io.broadcaster.api.http;

import org.jspecify.annotations.NullMarked;
