package io.broadcaster.cli;

import io.broadcaster.aws.AwsCloud;
import io.broadcaster.aws.CloudConfig;
import io.broadcaster.cli.process.CloudSettings;
import io.broadcaster.config.Settings;
import io.broadcaster.localcloud.LocalCloud;
import io.broadcaster.localcloud.LocalCloudConfig;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One group of commands over a cloud of its own, and what they print. Confined to one thread. */
public final class CloudCommands implements AutoCloseable {
    public final AwsCloud cloud;
    public final StringWriter out = new StringWriter();
    public final StringWriter err = new StringWriter();
    private final LocalCloud local = LocalCloud.start(LocalCloudConfig.ephemeral());
    private final Map<String, String> settings;
    private final String group;

    /** {@code more}: settings beside the cloud's own. */
    public CloudCommands(String group, Map<String, String> more) {
        this.group = group;
        settings = new TreeMap<>(CloudSettings.of(local));
        settings.putAll(more);
        cloud = AwsCloud.connect(CloudConfig.from(Settings.of(settings)));
    }

    /** Runs one command of the group; its exit status. */
    public int execute(String... command) {
        var line = new ArrayList<String>();
        line.add(group);
        line.addAll(List.of(command));
        settings.forEach((key, value) -> line.add("--set=" + key + "=" + value));
        return Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(line.toArray(String[]::new));
    }

    @Override
    public void close() {
        cloud.close();
        local.close();
    }
}
