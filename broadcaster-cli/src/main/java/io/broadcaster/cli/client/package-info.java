/** The HTTP client of the API that the commands share. */
@NullMarked
package io.broadcaster.cli.client;

import org.jspecify.annotations.NullMarked;
