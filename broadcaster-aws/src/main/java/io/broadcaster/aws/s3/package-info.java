/** Objects on Amazon S3. */
@NullMarked
package io.broadcaster.aws.s3;

import org.jspecify.annotations.NullMarked;
