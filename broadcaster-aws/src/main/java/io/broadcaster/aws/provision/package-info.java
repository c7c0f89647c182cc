/** What provisioning made, changed or found. */
@NullMarked
package io.broadcaster.aws.provision;

import org.jspecify.annotations.NullMarked;
