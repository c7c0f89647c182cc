package io.broadcaster.cli.wire;

import io.broadcaster.campaign.Platform;
import io.broadcaster.cli.process.ProcessCommand;
import io.broadcaster.cli.process.Running;
import io.broadcaster.config.Settings;
import io.broadcaster.loadtest.provider.tls.ServerIdentity;
import io.broadcaster.loadtest.wire.BarePeer;
import io.broadcaster.loadtest.wire.PeerFiles;
import io.broadcaster.loadtest.wire.TokenDesk;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The other side of a wire test, as a process of its own. */
@Command(
        name = "peer",
        mixinStandardHelpOptions = true,
        description = {
            "Run a provider that accepts every request at once and looks at none: TLS 1.3, HTTP/2, one event loop.",
            "The ready file holds the settings (apns.*, fcm.*) with which a sender reaches it."
        })
public final class PeerCommand extends ProcessCommand {
    @Option(names = "--platform", required = true, description = "Whose answers to give: ios or android.")
    private Platform platform = Platform.IOS;

    @Option(names = "--files", paramLabel = "DIR", required = true, description = "Where to write keys and trust.")
    private Path files = Path.of("");

    @Mixin
    private HoldOption hold = new HoldOption();

    @Override
    protected Running start(Settings settings) {
        var identity = ServerIdentity.create(InstantSource.system().instant(), new SecureRandom());
        BarePeer peer = BarePeer.start(platform, identity, hold.duration());
        TokenDesk tokens = TokenDesk.open();
        return new Running(PeerFiles.write(files, identity, peer.port(), tokens.uri()), () -> {
            peer.close();
            tokens.close();
        });
    }
}
