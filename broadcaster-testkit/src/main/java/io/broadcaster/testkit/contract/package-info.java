/** What every implementation of a port must do: the fakes and the real adapters pass the same tests. */
@NullMarked
package io.broadcaster.testkit.contract;

import org.jspecify.annotations.NullMarked;
