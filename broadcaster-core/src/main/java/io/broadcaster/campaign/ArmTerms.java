package io.broadcaster.campaign;

/** What a campaign is armed for: the window in which it may be pressed and sent, and who may press. */
public record ArmTerms(Window window, Pressers pressers) {
    /** Everybody whose role allows it may press within the window. */
    public static ArmTerms anybody(Window window) {
        return new ArmTerms(window, Pressers.ANYBODY);
    }
}
