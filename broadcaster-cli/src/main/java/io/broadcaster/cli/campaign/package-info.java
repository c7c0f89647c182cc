/** Commands that speak to a running API: campaigns, devices, test devices. */
@NullMarked
package io.broadcaster.cli.campaign;

import org.jspecify.annotations.NullMarked;
