/** What an auditor does: check the chain of acts, read it, and keep its head elsewhere. */
@NullMarked
package io.broadcaster.cli.audit;

import org.jspecify.annotations.NullMarked;
