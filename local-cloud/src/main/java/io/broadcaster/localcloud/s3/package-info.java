/** S3 on a loopback port, kept in a directory. */
@NullMarked
package io.broadcaster.localcloud.s3;

import org.jspecify.annotations.NullMarked;
