/** The command line: every process of Broadcaster behind one launcher. */
@NullMarked
package io.broadcaster.cli;

import org.jspecify.annotations.NullMarked;
