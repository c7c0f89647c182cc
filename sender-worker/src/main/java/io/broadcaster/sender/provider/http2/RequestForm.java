package io.broadcaster.sender.provider.http2;

import io.broadcaster.campaign.LaunchId;
import io.broadcaster.sender.provider.http2.HeadField.Own;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * What all requests of one launch and payload have in common. The device's token stands in a field of the head, or in the
 * body between {@code bodyBefore} and {@code bodyAfter}, or nowhere; {@code hexToken} says that a stored token is raw bytes
 * and its text their hex digits. Shared by connections, compared by identity.
 */
public final class RequestForm {
    private final List<HeadField> head;
    private final byte[] bodyBefore;
    private final byte[] bodyAfter;
    private final TokenPlace place;
    private final boolean hexToken;
    private final LaunchId.NotificationIds ids;

    /** Where a device's token goes. */
    public enum TokenPlace {
        HEAD,
        BODY,
        NOWHERE
    }

    private RequestForm(
            List<HeadField> head, String bodyBefore, String bodyAfter, TokenPlace place, LaunchId.NotificationIds ids) {
        this.head = List.copyOf(head);
        this.bodyBefore = bodyBefore.getBytes(StandardCharsets.UTF_8);
        this.bodyAfter = bodyAfter.getBytes(StandardCharsets.UTF_8);
        this.place = place;
        this.hexToken = place == TokenPlace.HEAD;
        this.ids = ids;
    }

    /** The token, as hex digits, and perhaps the notification id end fields of the head. */
    public static RequestForm tokenInHead(List<HeadField> head, String body, LaunchId launch) {
        return new RequestForm(head, body, "", TokenPlace.HEAD, launch.notificationIds());
    }

    /** The token, ASCII as stored, stands in the body. */
    public static RequestForm tokenInBody(List<HeadField> head, String bodyBefore, String bodyAfter, LaunchId launch) {
        return new RequestForm(head, bodyBefore, bodyAfter, TokenPlace.BODY, launch.notificationIds());
    }

    /** A request that is about no device. */
    public static RequestForm withoutToken(List<HeadField> head, String body) {
        return new RequestForm(head, body, "", TokenPlace.NOWHERE, LaunchId.NotificationIds.NONE);
    }

    /** The value of a field that is the same for all devices. */
    public Optional<String> sharedValue(String name) {
        return head.stream()
                .filter(field -> field.name().equals(name))
                .map(HeadField::value)
                .findFirst();
    }

    List<HeadField> head() {
        return head;
    }

    LaunchId.NotificationIds ids() {
        return ids;
    }

    boolean hasToken() {
        return place != TokenPlace.NOWHERE;
    }

    boolean hexToken() {
        return hexToken;
    }

    /** Bytes of a stored token's text. */
    int textLength(int tokenLength) {
        return hexToken ? 2 * tokenLength : tokenLength;
    }

    /** Bytes of the field's own end. */
    int ownLength(Own own, int tokenLength) {
        return switch (own) {
            case NOTHING -> 0;
            case TOKEN -> textLength(tokenLength);
            case NOTIFICATION_ID -> DeviceText.UUID_LENGTH;
        };
    }

    /** Bytes of the body for a token of this stored length. */
    int bodyLength(int tokenLength) {
        int own = place == TokenPlace.BODY ? tokenLength : 0;
        return bodyBefore.length + own + bodyAfter.length;
    }

    /** Where in the body the token stands; -1 when it does not. */
    int tokenInBodyAt() {
        return place == TokenPlace.BODY ? bodyBefore.length : -1;
    }

    /** Writes the body, all but the token. */
    void copyBody(byte[] out, int at, int tokenLength) {
        System.arraycopy(bodyBefore, 0, out, at, bodyBefore.length);
        System.arraycopy(bodyAfter, 0, out, at + bodyLength(tokenLength) - bodyAfter.length, bodyAfter.length);
    }
}
