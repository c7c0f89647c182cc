package io.broadcaster.sender.provider.apns;

import com.eatthepath.pushy.apns.ApnsClient;
import com.eatthepath.pushy.apns.ApnsClientMetricsListener;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts Pushy's open connections. Called from its event loops. */
final class ApnsConnections implements ApnsClientMetricsListener {
    private final AtomicInteger open = new AtomicInteger();

    int open() {
        return open.get();
    }

    @Override
    public void handleConnectionAdded(ApnsClient client) {
        open.incrementAndGet();
    }

    @Override
    public void handleConnectionRemoved(ApnsClient client) {
        open.decrementAndGet();
    }

    @Override
    public void handleConnectionCreationFailed(ApnsClient client) {
        // the notifications that waited for it fail, and are counted there
    }

    @Override
    public void handleWriteFailure(ApnsClient client, long notification) {
        // counted as the outcome of the notification
    }

    @Override
    public void handleNotificationSent(ApnsClient client, long notification) {
        // counted as the outcome of the notification
    }

    @Override
    public void handleNotificationAccepted(ApnsClient client, long notification) {
        // counted as the outcome of the notification
    }

    @Override
    public void handleNotificationRejected(ApnsClient client, long notification) {
        // counted as the outcome of the notification
    }
}
