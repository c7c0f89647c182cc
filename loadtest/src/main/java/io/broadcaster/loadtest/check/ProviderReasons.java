package io.broadcaster.loadtest.check;

import io.broadcaster.campaign.Platform;
import io.broadcaster.delivery.OutcomeCode;
import io.broadcaster.loadtest.provider.apns.ApnsReason;
import io.broadcaster.loadtest.provider.fcm.FcmReason;
import io.broadcaster.loadtest.provider.journal.DeviceTrace;
import io.broadcaster.loadtest.provider.journal.Journal;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Which reasons of a provider stand behind an outcome of the ledger, as one journal numbers them. Immutable. */
final class ProviderReasons {
    private static final int[] NONE = {};

    private final Map<Platform, Map<OutcomeCode, int[]>> numbers = new EnumMap<>(Platform.class);

    ProviderReasons(Journal journal) {
        for (Platform platform : Platform.values()) {
            var byCode = new EnumMap<OutcomeCode, int[]>(OutcomeCode.class);
            for (OutcomeCode code : OutcomeCode.values()) {
                byCode.put(
                        code,
                        names(platform, code).stream()
                                .mapToInt(journal::reasonNumber)
                                .toArray());
            }
            numbers.put(platform, byCode);
        }
    }

    /** Whether the device has had a refusal that explains this rejection. */
    boolean explain(Platform platform, OutcomeCode code, DeviceTrace trace) {
        for (int reason : numbers.getOrDefault(platform, Map.of()).getOrDefault(code, NONE)) {
            if (trace.refusedFor(reason)) {
                return true;
            }
        }
        return false;
    }

    private static List<String> names(Platform platform, OutcomeCode code) {
        return switch (platform) {
            case IOS -> apns(code).stream().map(ApnsReason::wireName).toList();
            case ANDROID -> fcm(code).stream().map(FcmReason::wireName).toList();
        };
    }

    private static List<ApnsReason> apns(OutcomeCode code) {
        return switch (code) {
            case UNREGISTERED -> List.of(ApnsReason.UNREGISTERED);
            case BAD_TOKEN -> List.of(ApnsReason.BAD_DEVICE_TOKEN);
            case WRONG_APP -> List.of(ApnsReason.DEVICE_TOKEN_NOT_FOR_TOPIC);
            case PAYLOAD_TOO_LARGE -> List.of(ApnsReason.PAYLOAD_TOO_LARGE);
            case THROTTLED -> List.of(ApnsReason.TOO_MANY_REQUESTS);
            case UNAVAILABLE -> List.of(ApnsReason.SERVICE_UNAVAILABLE, ApnsReason.INTERNAL_SERVER_ERROR);
            case BAD_REQUEST ->
                List.of(
                        ApnsReason.BAD_COLLAPSE_ID,
                        ApnsReason.BAD_EXPIRATION_DATE,
                        ApnsReason.BAD_MESSAGE_ID,
                        ApnsReason.BAD_PRIORITY,
                        ApnsReason.INVALID_PUSH_TYPE,
                        ApnsReason.MISSING_TOPIC,
                        ApnsReason.TOPIC_DISALLOWED,
                        ApnsReason.PAYLOAD_EMPTY);
            case PENDING, ACCEPTED, EXPIRED, SUPPRESSED, UNKNOWN, UNAUTHORIZED -> List.of();
        };
    }

    private static List<FcmReason> fcm(OutcomeCode code) {
        return switch (code) {
            case UNREGISTERED -> List.of(FcmReason.UNREGISTERED);
            case BAD_TOKEN, BAD_REQUEST, PAYLOAD_TOO_LARGE -> List.of(FcmReason.INVALID_ARGUMENT);
            case THROTTLED -> List.of(FcmReason.QUOTA_EXCEEDED);
            case UNAVAILABLE -> List.of(FcmReason.UNAVAILABLE, FcmReason.INTERNAL);
            case PENDING, ACCEPTED, EXPIRED, SUPPRESSED, UNKNOWN, WRONG_APP, UNAUTHORIZED -> List.of();
        };
    }
}
