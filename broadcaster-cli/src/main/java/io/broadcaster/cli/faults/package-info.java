/** Fault tests on real processes: each row of the fault matrix is a scenario that ends with the providers' journals. */
@NullMarked
package io.broadcaster.cli.faults;

import org.jspecify.annotations.NullMarked;
