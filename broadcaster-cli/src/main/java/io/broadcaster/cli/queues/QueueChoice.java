package io.broadcaster.cli.queues;

import io.broadcaster.task.QueueName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A queue as people write it: {@code batches-ios}. */
final class QueueChoice {
    private QueueChoice() {}

    /** For picocli. */
    static final class Converter implements ITypeConverter<QueueName> {
        @Override
        public QueueName convert(String text) {
            return QueueName.ofWireName(text)
                    .orElseThrow(() -> new TypeConversionException("must be one of "
                            + Arrays.stream(QueueName.values())
                                    .map(QueueName::wireName)
                                    .collect(Collectors.joining(", "))
                            + ", but was '" + text + "'"));
        }
    }

    /** For picocli's help. */
    static final class Names extends ArrayList<String> {
        private static final long serialVersionUID = 1;

        Names() {
            super(Arrays.stream(QueueName.values()).map(QueueName::wireName).toList());
        }
    }
}
