package io.broadcaster.cli.process;

import io.broadcaster.aws.AwsCloud;
import io.broadcaster.aws.CloudConfig;
import io.broadcaster.cli.terminal.SettingsOptions;
import picocli.CommandLine.Mixin;

/** The options of a command that works on the cloud itself. */
public final class CloudOptions {
    @Mixin
    private SettingsOptions settings = new SettingsOptions();

    /** Connects as the settings say; the caller closes it. */
    public AwsCloud connect() {
        return AwsCloud.connect(CloudConfig.from(settings.load()));
    }
}
