package io.broadcaster.telemetry;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import io.broadcaster.telemetry.TelemetryConfig.LogForm;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Switches the log lines of the whole process to JSON; text is what {@code logback.xml} gives from the start. Lines go to
 * standard error, so that the command line keeps standard output. Idempotent, since several workers may share a process.
 */
final class LogSetup {
    private static final String JSON_APPENDER = "json";

    private LogSetup() {}

    static synchronized void apply(LogForm form) {
        switch (form) {
            case TEXT -> {}
            case JSON -> {
                if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
                    switchToJson(context);
                }
            }
        }
    }

    private static void switchToJson(LoggerContext context) {
        ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        if (root.getAppender(JSON_APPENDER) != null) {
            return;
        }
        var encoder = new JsonEncoder();
        encoder.setContext(context);
        encoder.setWithArguments(false);
        encoder.setWithMessage(false);
        encoder.setWithFormattedMessage(true);
        encoder.setWithContext(false);
        encoder.setWithSequenceNumber(false);
        encoder.setWithNanoseconds(false);
        encoder.start();
        var appender = new ConsoleAppender<ILoggingEvent>();
        appender.setContext(context);
        appender.setName(JSON_APPENDER);
        appender.setTarget("System.err");
        appender.setEncoder(encoder);
        appender.start();
        root.detachAndStopAllAppenders();
        root.addAppender(appender);
    }
}
