/** The whole of Broadcaster on one machine, pressed and checked. */
@NullMarked
package io.broadcaster.cli.demo;

import org.jspecify.annotations.NullMarked;
