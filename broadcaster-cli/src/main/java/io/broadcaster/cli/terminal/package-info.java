/** What every command shares towards the person at the terminal: settings options, progress bars, exit statuses. */
@NullMarked
package io.broadcaster.cli.terminal;

import org.jspecify.annotations.NullMarked;
