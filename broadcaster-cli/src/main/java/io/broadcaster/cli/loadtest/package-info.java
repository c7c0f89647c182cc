/** Load tests over the whole of Broadcaster: put together here, because only the command line knows every module. */
@NullMarked
package io.broadcaster.cli.loadtest;

import org.jspecify.annotations.NullMarked;
