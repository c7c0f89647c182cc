package io.broadcaster.cli.demo;

import io.broadcaster.aws.AwsCloud;
import io.broadcaster.aws.CloudConfig;
import io.broadcaster.cli.devices.DeviceImport;
import io.broadcaster.cli.terminal.Progress;
import io.broadcaster.config.Settings;
import io.broadcaster.loadtest.provider.Simulators;
import io.broadcaster.loadtest.provider.SimulatorsConfig;
import io.broadcaster.localcloud.LocalCloudConfig;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** The provider simulators, in this process, and a fleet that sends to them. Closing stops the fleet first. */
record LocalStack(Simulators simulators, Fleet fleet) implements AutoCloseable {
    /** Free ports everywhere: nothing that runs on this machine already is in the way. */
    static final Map<String, String> FREE_PORTS = Map.of("api.port", "0", "telemetry.port", "0");

    /** Everything in this process. */
    static LocalStack inProcess(WorkFolder work, LocalCloudConfig cloud, Settings base) throws Exception {
        Simulators simulators = simulators(work);
        try {
            Settings settings = base.with(simulators.settings()).with(exportKey());
            return new LocalStack(simulators, InProcessFleet.start(cloud, settings));
        } catch (Exception e) {
            simulators.close();
            throw e;
        }
    }

    /** The cloud and every worker as a process of its own. */
    static LocalStack separateProcesses(WorkFolder work) throws Exception {
        Simulators simulators = simulators(work);
        try {
            var settings = new TreeMap<>(simulators.settings());
            settings.putAll(FREE_PORTS);
            settings.putAll(exportKey());
            return new LocalStack(simulators, SeparateProcesses.start(work.path(), settings));
        } catch (Exception e) {
            simulators.close();
            throw e;
        }
    }

    /** A connection of our own to the fleet's cloud; close it. */
    AwsCloud cloud() {
        return AwsCloud.connect(CloudConfig.from(fleet.settings()));
    }

    /** Puts the devices of the audience into the device store; returns how many. */
    long importDevices(DemoAudience audience) {
        try (AwsCloud cloud = cloud();
                Progress progress =
                        Progress.start("importing", " devices", audience.size().devices())) {
            return new DeviceImport(cloud.devices(), progress::at).run(audience.deviceRows());
        }
    }

    /** Exports of one run bear comparable token hashes, whichever API process wrote them. */
    private static Map<String, String> exportKey() {
        return Map.of("api.export-key", UUID.randomUUID().toString());
    }

    private static Simulators simulators(WorkFolder work) {
        return Simulators.start(SimulatorsConfig.in(work.path().resolve("providers"), InstantSource.system()));
    }

    @Override
    public void close() {
        fleet.close();
        simulators.close();
    }
}
