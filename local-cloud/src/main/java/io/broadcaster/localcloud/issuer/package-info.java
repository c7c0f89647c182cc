/** An OpenID Connect provider without passwords, for one machine: local stacks and tests. */
@NullMarked
package io.broadcaster.localcloud.issuer;

import org.jspecify.annotations.NullMarked;
