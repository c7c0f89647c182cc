package io.broadcaster.telemetry;

import io.broadcaster.delivery.WorkerStatus.WorkerRole;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one process tells about itself: its meters (Prometheus over HTTP; CloudWatch too when asked for), its worker id and
 * the form of its logs. Started and closed by {@code Main}; the registry is safe for any thread. A port that is taken
 * fails the start with the key to change.
 */
public final class Telemetry implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Telemetry.class);

    private final CompositeMeterRegistry registry = new CompositeMeterRegistry();
    private final JvmGcMetrics gc = new JvmGcMetrics();
    private final String worker;
    private final WorkerRole role;
    private final Instant startedAt;
    private final MetricsEndpoint endpoint;

    private Telemetry(TelemetryConfig config, WorkerRole role, InstantSource clock) {
        this.role = role;
        this.startedAt = clock.instant();
        this.worker = config.worker().orElseGet(() -> newWorkerId(role));
        var prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        this.endpoint = MetricsEndpoint.start(config, worker, prometheus);
        registry.config().commonTags(Tags.of("role", roleName(role)));
        registry.add(prometheus);
        if (config.cloudwatch()) {
            registry.add(CloudWatch.registry(config));
        }
        new ClassLoaderMetrics().bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        gc.bindTo(registry);
    }

    /** Sets up logs and meters of a process and opens its endpoint. */
    public static Telemetry start(TelemetryConfig config, WorkerRole role, InstantSource clock) {
        LogSetup.apply(config.log());
        var telemetry = new Telemetry(config, role, clock);
        log.atInfo()
                .addKeyValue("role", roleName(role))
                .addKeyValue("worker", telemetry.worker())
                .addKeyValue("metrics", telemetry.uri())
                .log("telemetry started");
        return telemetry;
    }

    /** Where meters are registered. */
    public MeterRegistry registry() {
        return registry;
    }

    /** This process among its fellows: {@code role-host-pid-random}, unless the settings name it. */
    public String worker() {
        return worker;
    }

    /** The role that the process was started in. */
    public WorkerRole role() {
        return role;
    }

    /** When the process started, for its heartbeat. */
    public Instant startedAt() {
        return startedAt;
    }

    /** The version for the heartbeat: that of the jar, {@code dev} when run from classes. */
    public String version() {
        String version = Telemetry.class.getPackage().getImplementationVersion();
        return version == null ? "dev" : version;
    }

    /** The Prometheus endpoint; {@code /healthz} lies beside it. */
    public URI uri() {
        return endpoint.uri();
    }

    /** Publishes to CloudWatch one last time, when on, and closes the endpoint. */
    @Override
    public void close() {
        gc.close();
        registry.getRegistries().forEach(MeterRegistry::close);
        registry.close();
        endpoint.close();
    }

    private static String newWorkerId(WorkerRole role) {
        String random = UUID.randomUUID().toString().substring(0, 8);
        return roleName(role) + "-" + HostName.get() + "-"
                + ProcessHandle.current().pid() + "-" + random;
    }

    private static String roleName(WorkerRole role) {
        return switch (role) {
            case API -> "api";
            case LOADER -> "loader";
            case FANOUT -> "fanout";
            case SENDER -> "sender";
        };
    }
}
