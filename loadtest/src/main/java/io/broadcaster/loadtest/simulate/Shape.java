package io.broadcaster.loadtest.simulate;

import io.broadcaster.campaign.DeliveryPolicy;
import java.time.Duration;

/**
 * How large a world is, under which policy it sends, and its bounds: {@code batchesInFlight} per platform and sender,
 * {@code window} from the press to not-after.
 */
record Shape(DeliveryPolicy policy, int ios, int android, Processes processes, int batchesInFlight, Duration window) {
    /** How many processes of each role. */
    record Processes(int apis, int fanouts, int senders) {}

    /** Two APIs, two fan-outs, three senders, half an hour. */
    static Shape of(DeliveryPolicy policy, int devices) {
        int ios = devices * 3 / 5;
        return new Shape(policy, ios, devices - ios, new Processes(2, 2, 3), 16, Duration.ofMinutes(30));
    }

    Shape with(Processes others) {
        return new Shape(policy, ios, android, others, batchesInFlight, window);
    }

    Shape withBatchesInFlight(int most) {
        return new Shape(policy, ios, android, processes, most, window);
    }

    Shape withWindow(Duration other) {
        return new Shape(policy, ios, android, processes, batchesInFlight, other);
    }
}
