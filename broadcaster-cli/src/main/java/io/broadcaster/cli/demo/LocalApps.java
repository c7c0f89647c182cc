package io.broadcaster.cli.demo;

import io.broadcaster.audience.Device;
import io.broadcaster.campaign.InvalidInput;
import io.broadcaster.cli.local.FleetSize;
import io.broadcaster.cli.local.LocalStack;
import io.broadcaster.cli.local.WorkFolder;
import io.broadcaster.config.AppName;
import io.broadcaster.config.SectionName;
import io.broadcaster.config.Settings;
import io.broadcaster.loadtest.provider.SimulatorsConfig;
import io.broadcaster.localcloud.LocalCloud;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Apps side by side over one cloud: each has its own names, keys, devices, workers and API. Used by one thread. */
final class LocalApps implements AutoCloseable {
    private static final int PORT_MAX = 65_535;

    private final List<App> apps = new ArrayList<>();

    private LocalApps() {}

    /** One that runs; audience and tokens of test devices lie in its work folder. */
    record App(String name, WorkFolder work, LocalStack stack) {}

    /** Starts them, each API on the port after the one before; without names one, as the settings name it. */
    static LocalApps start(LocalCloud cloud, Settings settings, List<String> names, DemoSize size) throws IOException {
        var running = new LocalApps();
        try {
            if (names.isEmpty()) {
                running.add(cloud, settings, SimulatorsConfig.App.DEMO, size);
            }
            int port = settings.section(SectionName.API).integer("port", 8080, 0, PORT_MAX);
            for (String name : requireDistinct(names)) {
                int own = port == 0 ? 0 : port + names.indexOf(name);
                var app = Map.of(
                        "cloud.prefix",
                        name,
                        "api.app",
                        name,
                        "api.apps",
                        consoles(names, name, port),
                        "api.port",
                        Integer.toString(own));
                running.add(cloud, settings.with(app), SimulatorsConfig.App.named(name), size);
            }
            return running;
        } catch (IOException | RuntimeException e) {
            running.close();
            throw e;
        }
    }

    /** Where the others' consoles are; nothing where any free port is taken. */
    private static String consoles(List<String> names, String own, int port) {
        return port == 0
                ? ""
                : names.stream()
                        .filter(name -> !name.equals(own))
                        .map(name -> name + "=http://127.0.0.1:" + (port + names.indexOf(name)))
                        .collect(Collectors.joining(","));
    }

    private void add(LocalCloud cloud, Settings settings, SimulatorsConfig.App app, DemoSize size) throws IOException {
        String name = AppName.from(settings.section(SectionName.CLOUD)).value();
        // The workers share this process, so none can have the metrics port for itself.
        Settings own = settings.with(Map.of("telemetry.port", "0"));
        var plan = new LocalStack.Plan(FleetSize.PAIRS, own, Duration.ZERO);
        WorkFolder work = WorkFolder.create();
        try {
            LocalStack stack = LocalStack.over(cloud, LocalStack.providers(work).withApp(app), plan);
            apps.add(new App(name, work, stack));
        } catch (RuntimeException e) {
            work.close();
            throw e;
        }
        fill(apps.getLast(), DemoAudience.of(size));
    }

    private static void fill(App app, DemoAudience audience) throws IOException {
        audience.importInto(app.stack());
        audience.writeUserIds(app.work().path().resolve("audience.txt"));
        for (Device device : audience.testDevices()) {
            Files.writeString(
                    app.work().path().resolve(device.platform().wireName() + ".token"),
                    device.token().value());
        }
    }

    private static List<String> requireDistinct(List<String> names) {
        if (new HashSet<>(names).size() < names.size()) {
            throw new InvalidInput("--app", "must name each app once", names);
        }
        return names;
    }

    /** Those that run, in the order of their names. */
    List<App> apps() {
        return List.copyOf(apps);
    }

    /** Stops them, the last one first. */
    @Override
    public void close() throws IOException {
        for (App app : apps.reversed()) {
            app.stack().close();
            app.work().close();
        }
    }
}
