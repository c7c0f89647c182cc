package io.broadcaster.sender.provider.apns;

import com.eatthepath.pushy.apns.ApnsClient;
import com.eatthepath.pushy.apns.DeliveryPriority;
import com.eatthepath.pushy.apns.PushNotificationResponse;
import com.eatthepath.pushy.apns.PushType;
import com.eatthepath.pushy.apns.util.SimpleApnsPushNotification;
import io.broadcaster.sender.send.Warmth;
import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Opens every connection with one real request: until APNs has accepted a provider token on a connection it allows one
 * stream there. The device token is none that exists, so each request ends in 400 BadDeviceToken and reaches nobody.
 */
final class ApnsWarmUp {
    static final String NOBODY = "bad0" + "0".repeat(60);
    static final String SILENT = "{\"aps\":{\"content-available\":1}}";
    private static final int FORBIDDEN = 403;

    private ApnsWarmUp() {}

    static Warmth run(ApnsClient client, ApnsConfig config, ApnsConnections connections) {
        var answers = new ArrayList<CompletableFuture<PushNotificationResponse<SimpleApnsPushNotification>>>();
        for (int i = 0; i < config.connections(); i++) {
            answers.add(client.sendNotification(new SimpleApnsPushNotification(
                    NOBODY,
                    config.topic(),
                    SILENT,
                    Instant.EPOCH,
                    DeliveryPriority.CONSERVE_POWER,
                    PushType.BACKGROUND)));
        }
        try {
            for (var answer : answers) {
                var response = answer.get(config.requestTimeout().toMillis(), TimeUnit.MILLISECONDS);
                if (response.getStatusCode() == FORBIDDEN) {
                    return new Warmth.Cold("APNs refuses our credentials: "
                            + response.getRejectionReason().orElse("no reason given"));
                }
            }
            return new Warmth.Warm(connections.open());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Warmth.Cold("interrupted");
        } catch (ExecutionException e) {
            return new Warmth.Cold("APNs cannot be reached: " + e.getCause());
        } catch (TimeoutException e) {
            return new Warmth.Cold("APNs did not answer within " + config.requestTimeout());
        }
    }
}
