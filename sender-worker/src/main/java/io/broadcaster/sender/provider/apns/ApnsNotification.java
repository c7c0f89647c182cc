package io.broadcaster.sender.provider.apns;

import com.eatthepath.pushy.apns.ApnsPushNotification;
import com.eatthepath.pushy.apns.DeliveryPriority;
import com.eatthepath.pushy.apns.PushType;
import io.broadcaster.campaign.PushKind;
import io.broadcaster.sender.send.BatchRequest;
import java.time.Instant;
import java.util.UUID;

/**
 * One notification as Pushy reads it. Pushy asks for the token when it writes the request and not before, so
 * {@link #written} tells for a failed one whether a byte can have left. Never prints its token.
 */
final class ApnsNotification implements ApnsPushNotification {
    private final BatchRequest batch;
    private final String topic;
    private final String token;
    private final UUID id;
    private volatile boolean written;

    ApnsNotification(BatchRequest batch, String topic, String token, UUID id) {
        this.batch = batch;
        this.topic = topic;
        this.token = token;
        this.id = id;
    }

    boolean written() {
        return written;
    }

    @Override
    public String getToken() {
        written = true;
        return token;
    }

    @Override
    public String getPayload() {
        return batch.variant().payload();
    }

    @Override
    public Instant getExpiration() {
        return batch.expiration();
    }

    /** Apple allows a background push only priority 5. */
    @Override
    public DeliveryPriority getPriority() {
        return switch (batch.kind()) {
            case ALERT -> DeliveryPriority.IMMEDIATE;
            case SILENT -> DeliveryPriority.CONSERVE_POWER;
        };
    }

    @Override
    public PushType getPushType() {
        return batch.kind() == PushKind.ALERT ? PushType.ALERT : PushType.BACKGROUND;
    }

    @Override
    public String getTopic() {
        return topic;
    }

    @Override
    public String getCollapseId() {
        return batch.key().launch().value();
    }

    @Override
    public UUID getApnsId() {
        return id;
    }

    @Override
    public String toString() {
        return "ApnsNotification[" + id + "]";
    }
}
