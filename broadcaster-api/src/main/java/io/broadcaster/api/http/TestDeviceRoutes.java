package io.broadcaster.api.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import io.broadcaster.api.audit.AuditTrail;
import io.broadcaster.api.identity.Act;
import io.broadcaster.audience.DeviceToken;
import io.broadcaster.campaign.InvalidInput;
import io.broadcaster.campaign.LocaleTag;
import io.broadcaster.campaign.Platform;
import io.broadcaster.delivery.TestDevice;
import io.broadcaster.delivery.TestDeviceStore;
import java.util.Comparator;
import java.util.List;

/** The team's phones that proofs go to. A token goes in and never comes out. */
public final class TestDeviceRoutes implements RouteSet {
    private final TestDeviceStore devices;
    private final AuditTrail trail;

    public TestDeviceRoutes(TestDeviceStore devices, AuditTrail trail) {
        this.devices = devices;
        this.trail = trail;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.put("/test-devices/{name}", Act.REGISTER_TEST_DEVICE, this::put),
                Route.get("/test-devices/{name}", Act.READ, this::get),
                Route.get("/test-devices", Act.READ, this::list));
    }

    private HttpResponse put(Call call) {
        JsonFields fields = call.json();
        Platform platform = platform(fields.text("platform"));
        DeviceToken token = DeviceToken.of(platform, fields.text("token"));
        LocaleTag locale = locale(fields.text("locale"));
        fields.done();
        var device = new TestDevice(call.pathParam("name"), call.principal(), platform, token, locale);
        trail.write(trail.acts().register(devices.find(device.name()), device));
        devices.put(device);
        return Call.json(HttpStatus.OK, json(device));
    }

    private HttpResponse get(Call call) {
        String name = call.pathParam("name");
        return devices.find(name)
                .map(device -> Call.json(HttpStatus.OK, json(device)))
                .orElseGet(() -> Problem.of(Problem.Kind.NOT_FOUND, "there is no test device '" + name + "'")
                        .response());
    }

    private HttpResponse list(Call call) {
        ObjectNode body = Json.object();
        var items = body.putArray("testDevices");
        devices.list().stream()
                .sorted(Comparator.comparing(TestDevice::name))
                .forEach(device -> items.add(json(device)));
        return Call.json(HttpStatus.OK, body);
    }

    private static Platform platform(String text) {
        try {
            return Platform.ofWireName(text);
        } catch (InvalidInput e) {
            throw e.at("platform");
        }
    }

    private static LocaleTag locale(String text) {
        try {
            return new LocaleTag(text);
        } catch (InvalidInput e) {
            throw e.at("locale");
        }
    }

    private static ObjectNode json(TestDevice device) {
        ObjectNode json = Json.object();
        json.put("name", device.name());
        json.put("owner", device.owner());
        json.put("platform", device.platform().wireName());
        json.put("locale", device.locale().value());
        return json;
    }
}
