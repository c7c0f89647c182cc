/** Commands about devices: the import into the device store, and the team's test devices. */
@NullMarked
package io.broadcaster.cli.devices;

import org.jspecify.annotations.NullMarked;
