package io.broadcaster.localcloud.sqs;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** ElasticMQ 1.7.1 does otherwise than AWS documents, so it is not asked. The reason is a row of decision 0002. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface ElasticMqDiffers {
    String value();
}
