/** Fakes, contracts, virtual-clock simulation and house rules for the tests of every module. */
@NullMarked
package io.broadcaster.testkit;

import org.jspecify.annotations.NullMarked;
