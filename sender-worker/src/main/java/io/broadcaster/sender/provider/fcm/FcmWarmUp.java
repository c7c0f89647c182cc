package io.broadcaster.sender.provider.fcm;

import com.google.firebase.messaging.FirebaseMessaging;
import com.google.firebase.messaging.FirebaseMessagingException;
import com.google.firebase.messaging.Message;
import io.broadcaster.delivery.OutcomeCode;
import io.broadcaster.delivery.SendOutcome;
import io.broadcaster.sender.send.Warmth;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * Fetches the access token and opens every connection with one dry run ({@code validate_only}) to a topic without
 * subscribers: it reaches nobody, and any answer but a refusal of our credentials shows that the connection works.
 */
final class FcmWarmUp {
    private static final Message NOBODY =
            Message.builder().setTopic("broadcaster-warm-up").build();

    private FcmWarmUp() {}

    static Warmth run(FirebaseMessaging messaging, int connections, ExecutorService executor, InstantSource clock) {
        var answers = new ArrayList<Future<SendOutcome>>();
        Callable<SendOutcome> dryRun = () -> dryRun(messaging, clock);
        for (int i = 0; i < connections; i++) {
            answers.add(executor.submit(dryRun));
        }
        try {
            for (Future<SendOutcome> answer : answers) {
                String fault = fault(answer.get());
                if (!fault.isEmpty()) {
                    return new Warmth.Cold(fault);
                }
            }
            return new Warmth.Warm(connections);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Warmth.Cold("interrupted");
        } catch (ExecutionException e) {
            return new Warmth.Cold("FCM's answer cannot be read: " + e.getCause());
        }
    }

    private static SendOutcome dryRun(FirebaseMessaging messaging, InstantSource clock) {
        try {
            messaging.send(NOBODY, true);
            return SendOutcome.ACCEPTED;
        } catch (FirebaseMessagingException e) {
            return FcmAnswers.of(e, clock.instant());
        }
    }

    private static String fault(SendOutcome outcome) {
        return switch (outcome) {
            case SendOutcome.Accepted _, SendOutcome.Unregistered _, SendOutcome.Throttled _ -> "";
            case SendOutcome.Rejected(OutcomeCode code) ->
                code == OutcomeCode.UNAUTHORIZED ? "FCM refuses our credentials" : "";
            case SendOutcome.Unprocessed(var cause) -> "FCM cannot be reached: " + cause;
            case SendOutcome.Ambiguous(var cause) -> "FCM did not answer: " + cause;
        };
    }
}
