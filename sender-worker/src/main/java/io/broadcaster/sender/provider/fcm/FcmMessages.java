package io.broadcaster.sender.provider.fcm;

import com.google.firebase.messaging.AndroidConfig;
import com.google.firebase.messaging.AndroidNotification;
import com.google.firebase.messaging.Message;
import com.google.firebase.messaging.Notification;
import io.broadcaster.campaign.Content;
import io.broadcaster.campaign.PushKind;
import io.broadcaster.sender.send.BatchRequest;
import java.util.Optional;

/**
 * Messages of one batch, built by the SDK from the manifest's content, so that Google's own library vouches for what the
 * snapshot's payload says. All that the devices share is built once.
 */
final class FcmMessages {
    private final Content content;
    private final Optional<Notification> notification;
    private final AndroidConfig android;

    FcmMessages(BatchRequest batch) {
        content = batch.variant().content();
        String launch = batch.key().launch().value();
        boolean alert = batch.kind() == PushKind.ALERT;
        notification = alert ? Optional.of(text(content)) : Optional.empty();
        var config = AndroidConfig.builder()
                .setCollapseKey(launch)
                .setTtl(batch.expiry().toMillis())
                .setPriority(alert ? AndroidConfig.Priority.HIGH : AndroidConfig.Priority.NORMAL);
        if (alert) {
            config.setNotification(AndroidNotification.builder().setTag(launch).build());
        }
        android = config.build();
    }

    @SuppressWarnings("deprecation") // its successor addresses Firebase installation ids; the snapshot holds tokens
    Message to(String token) {
        var message =
                Message.builder().setToken(token).setAndroidConfig(android).putAllData(content.data());
        notification.ifPresent(message::setNotification);
        return message.build();
    }

    private static Notification text(Content content) {
        var text = Notification.builder();
        if (!content.title().isEmpty()) {
            text.setTitle(content.title());
        }
        if (!content.body().isEmpty()) {
            text.setBody(content.body());
        }
        return text.build();
    }
}
