package io.broadcaster.cli.faults;

import io.broadcaster.campaign.Platform;
import io.broadcaster.loadtest.fault.FaultProxy;
import io.broadcaster.loadtest.fault.Link;
import io.broadcaster.loadtest.fault.LinkFault;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A fault proxy before each provider. Used by one thread. */
final class ConnectionFaults implements AutoCloseable {
    private final Map<Platform, FaultProxy> proxies = new EnumMap<>(Platform.class);

    ConnectionFaults(FaultStack stack) {
        for (Platform platform : Platform.values()) {
            proxies.put(
                    platform,
                    FaultProxy.before(stack.simulators().endpoint(platform).getPort()));
        }
    }

    /** What leads a sender through the proxies. */
    Map<String, String> settings() {
        return Map.of(
                "apns.endpoint", "https://localhost:" + proxy(Platform.IOS).port(),
                "fcm.endpoint", "https://localhost:" + proxy(Platform.ANDROID).port());
    }

    /** What is open now suffers this; what comes later does not. Answers with the connections that it struck. */
    List<Link> strike(LinkFault fault) {
        List<Link> struck = proxies.values().stream()
                .flatMap(proxy -> proxy.open().stream())
                .toList();
        struck.forEach(link -> link.suffer(fault));
        return struck;
    }

    private FaultProxy proxy(Platform platform) {
        FaultProxy proxy = proxies.get(platform);
        if (proxy == null) {
            throw new IllegalStateException("no proxy before " + platform);
        }
        return proxy;
    }

    @Override
    public void close() {
        proxies.values().forEach(FaultProxy::close);
    }
}
