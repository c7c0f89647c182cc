/** Breaks house rules on purpose. */
@NullMarked
package io.broadcaster.campaign.violation;

import org.jspecify.annotations.NullMarked;
