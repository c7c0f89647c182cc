/** Every metric of the API. */
@NullMarked
package io.broadcaster.api.meters;

import org.jspecify.annotations.NullMarked;
