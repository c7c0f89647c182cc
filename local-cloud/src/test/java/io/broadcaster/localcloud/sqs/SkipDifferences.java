package io.broadcaster.localcloud.sqs;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Leaves out what ElasticMQ is known to do otherwise, with the reason in the report. */
final class SkipDifferences implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return AnnotationSupport.findAnnotation(context.getElement(), ElasticMqDiffers.class)
                .map(differs -> ConditionEvaluationResult.disabled(differs.value()))
                .orElseGet(() -> ConditionEvaluationResult.enabled("ElasticMQ does as AWS documents"));
    }
}
