package io.broadcaster.telemetry;

import io.broadcaster.config.Section;
import io.broadcaster.config.SectionName;
import io.broadcaster.config.Settings;
import java.time.Duration;
import java.util.Optional;

/**
 * The section {@code telemetry}: where this process shows its figures and how it logs. {@code port} 0 takes any free one;
 * {@code worker} is the worker's id where a deployment wants to choose it.
 */
public record TelemetryConfig(
        String bind,
        int port,
        Optional<String> worker,
        boolean cloudwatch,
        String cloudwatchNamespace,
        Duration cloudwatchStep,
        LogForm log) {
    /** How log lines look. */
    public enum LogForm {
        /** One line for a person. */
        TEXT,
        /** One JSON object per line. */
        JSON
    }

    /** Reads the section; {@link io.broadcaster.config.ConfigException} names every problem. */
    public static TelemetryConfig from(Settings settings) {
        Section section = settings.section(SectionName.TELEMETRY);
        var config = new TelemetryConfig(
                section.text("bind", "127.0.0.1"),
                section.integer("port", 9_400, 0, 65_535),
                section.optionalText("worker"),
                section.flag("cloudwatch", false),
                section.text("cloudwatch-namespace", "broadcaster"),
                section.duration("cloudwatch-step", Duration.ofSeconds(10), Duration.ofSeconds(1), Duration.ofHours(1)),
                section.choice("log", LogForm.TEXT));
        section.done();
        return config;
    }
}
