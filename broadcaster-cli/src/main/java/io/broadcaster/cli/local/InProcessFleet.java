package io.broadcaster.cli.local;

import io.broadcaster.api.ApiProcess;
import io.broadcaster.aws.AwsCloud;
import io.broadcaster.aws.CloudConfig;
import io.broadcaster.cli.process.CloudSettings;
import io.broadcaster.config.Settings;
import io.broadcaster.localcloud.LocalCloud;
import io.broadcaster.localcloud.LocalCloudConfig;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** The fleet within this process: the same Main classes, the same SDK over loopback HTTP, one JVM. */
final class InProcessFleet implements Fleet {
    private final Deque<Runnable> running = new ArrayDeque<>();
    private final Settings settings;
    private final URI api;

    /** {@code own}: what of the cloud ends with the fleet. */
    private InProcessFleet(Settings settings, FleetSize size, List<Runnable> own) {
        this.settings = settings;
        own.forEach(running::push);
        try {
            try (AwsCloud aws = AwsCloud.connect(CloudConfig.from(settings))) {
                aws.provisioner().provision();
            }
            var loader = io.broadcaster.loader.Main.start(settings);
            running.push(loader::close);
            for (int i = 0; i < size.fanouts(); i++) {
                var fanout = io.broadcaster.fanout.Main.start(settings);
                running.push(fanout::close);
            }
            for (int i = 0; i < size.senders(); i++) {
                var sender = io.broadcaster.sender.Main.start(settings);
                running.push(sender::close);
            }
            ApiProcess apiProcess = io.broadcaster.api.Main.start(settings);
            running.push(apiProcess::close);
            api = apiProcess.uri();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    static InProcessFleet start(LocalCloudConfig cloud, FleetSize size, Settings base) {
        LocalCloud own = LocalCloud.start(cloud);
        return new InProcessFleet(base.with(CloudSettings.of(own)), size, List.of(own::close));
    }

    /** Over a cloud that others use too, and that outlives the fleet. */
    static InProcessFleet over(LocalCloud cloud, FleetSize size, Settings base) {
        return new InProcessFleet(base.with(CloudSettings.of(cloud)), size, List.of());
    }

    @Override
    public URI api() {
        return api;
    }

    @Override
    public Settings settings() {
        return settings;
    }

    @Override
    public Map<String, Long> processes() {
        return Map.of();
    }

    @Override
    public void close() {
        while (!running.isEmpty()) {
            running.pop().run();
        }
    }
}
