/** The only home of the AWS SDK: one port of the core per class. */
@NullMarked
package io.broadcaster.aws;

import org.jspecify.annotations.NullMarked;
