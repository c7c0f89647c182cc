/** Whole worlds in virtual time: the real API, fan-out and senders among faults, judged by the providers' journals. */
@NullMarked
package io.broadcaster.loadtest.simulate;

import org.jspecify.annotations.NullMarked;
