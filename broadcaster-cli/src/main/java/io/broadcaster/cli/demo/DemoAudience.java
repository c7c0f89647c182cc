package io.broadcaster.cli.demo;

import io.broadcaster.audience.Device;
import io.broadcaster.audience.UserId;
import io.broadcaster.aws.AwsCloud;
import io.broadcaster.cli.devices.DeviceImport;
import io.broadcaster.cli.local.LocalStack;
import io.broadcaster.cli.terminal.Progress;
import io.broadcaster.loadtest.audience.SyntheticAudience;
import io.broadcaster.loadtest.audience.SyntheticAudience.UserDevices;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the demo imports and asks for. Beside the users with devices the list holds what a real list holds too: users asked
 * for twice, users without a device, and rows that are no user id.
 */
record DemoAudience(DemoSize size, SyntheticAudience synthetic) {
    private static final int REPEATED = 25;
    private static final int WITHOUT_DEVICE = 10;
    private static final int MALFORMED = 5;
    private static final long SEED = 1;
    private static final long TEST_DEVICES_SEED = 2;

    static DemoAudience of(DemoSize size) {
        return new DemoAudience(size, new SyntheticAudience(size.ios(), size.android(), SEED));
    }

    /** Puts the devices into the stack's device store; returns how many. */
    long importInto(LocalStack stack) {
        try (AwsCloud cloud = stack.cloud();
                Progress progress = Progress.start("importing", " devices", size.devices())) {
            return new DeviceImport(cloud.devices(), progress::at).run(deviceRows());
        }
    }

    /** Every device as a row of an import. */
    Iterator<DeviceImport.Row> deviceRows() {
        return synthetic
                .users()
                .flatMap(user -> user.devices().stream().map(device -> new DeviceImport.Row(user.user(), device)))
                .iterator();
    }

    /** Every device of the audience. */
    Stream<Device> devices() {
        return synthetic.devices();
    }

    /** One phone of the team per platform, outside of the audience. */
    List<Device> testDevices() {
        return SyntheticAudience.testDevices(TEST_DEVICES_SEED);
    }

    /** Locales of the devices, the default first. */
    static List<String> locales() {
        return SyntheticAudience.locales().stream().map(Object::toString).toList();
    }

    /** Writes the list of user ids, one per line. */
    Path writeUserIds(Path file) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            writeUsers(out, Long.MAX_VALUE);
            writeUsers(out, REPEATED);
            for (int i = 0; i < WITHOUT_DEVICE; i++) {
                out.write("nobody-" + i + "\n");
            }
            for (int i = 0; i < MALFORMED; i++) {
                out.write("not a user id " + i + "\n");
            }
        }
        return file;
    }

    private void writeUsers(BufferedWriter out, long most) throws IOException {
        Iterator<UserId> users =
                synthetic.users().limit(most).map(UserDevices::user).iterator();
        while (users.hasNext()) {
            out.write(users.next().value());
            out.write('\n');
        }
    }
}
