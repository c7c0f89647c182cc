package io.broadcaster.api.progress;

import io.broadcaster.campaign.Platform;
import java.util.function.Function;

/** One value per platform. */
public record ByPlatform<T>(T ios, T android) {
    static <T> ByPlatform<T> of(Function<Platform, T> each) {
        return new ByPlatform<>(each.apply(Platform.IOS), each.apply(Platform.ANDROID));
    }
}
