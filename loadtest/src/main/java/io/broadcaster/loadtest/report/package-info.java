/** What a load test found, as text, JSON and a page that needs nothing beside it. */
@NullMarked
package io.broadcaster.loadtest.report;

import org.jspecify.annotations.NullMarked;
