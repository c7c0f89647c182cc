/** What an operator does with queues: how deep they are, what gave up, and putting it back. */
@NullMarked
package io.broadcaster.cli.queues;

import org.jspecify.annotations.NullMarked;
