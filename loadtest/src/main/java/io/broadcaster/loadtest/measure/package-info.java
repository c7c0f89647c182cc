/** What a run costs this machine: CPU by role, allocation, garbage collection, compilation, memory. */
@NullMarked
package io.broadcaster.loadtest.measure;

import org.jspecify.annotations.NullMarked;
