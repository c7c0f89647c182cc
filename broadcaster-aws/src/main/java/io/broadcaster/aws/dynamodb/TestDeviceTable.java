package io.broadcaster.aws.dynamodb;

import io.broadcaster.audience.DeviceToken;
import io.broadcaster.campaign.LocaleTag;
import io.broadcaster.campaign.Platform;
import io.broadcaster.delivery.TestDevice;
import io.broadcaster.delivery.TestDeviceStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Test devices: key {@code name}, an attribute per field. Kept until replaced. */
final class TestDeviceTable implements TestDeviceStore {
    static final String NAME = "name";

    private final Table table;

    TestDeviceTable(Table table) {
        this.table = table;
    }

    @Override
    public void put(TestDevice device) {
        table.put(Map.of(
                NAME,
                Attributes.text(device.name()),
                "owner",
                Attributes.text(device.owner()),
                "platform",
                Attributes.text(device.platform().wireName()),
                "token",
                Attributes.text(device.token().value()),
                "locale",
                Attributes.text(device.locale().value())));
    }

    @Override
    public Optional<TestDevice> find(String name) {
        return table.find(Map.of(NAME, Attributes.text(name))).map(TestDeviceTable::read);
    }

    @Override
    public List<TestDevice> list() {
        var all = new ArrayList<TestDevice>();
        table.scan(item -> all.add(read(item)));
        return List.copyOf(all);
    }

    private static TestDevice read(Map<String, AttributeValue> item) {
        Platform platform = Platform.ofWireName(Attributes.text(item, "platform"));
        return new TestDevice(
                Attributes.text(item, NAME),
                Attributes.text(item, "owner"),
                platform,
                DeviceToken.of(platform, Attributes.text(item, "token")),
                new LocaleTag(Attributes.text(item, "locale")));
    }
}
