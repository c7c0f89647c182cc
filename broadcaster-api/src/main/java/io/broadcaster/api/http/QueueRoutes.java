package io.broadcaster.api.http;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import io.broadcaster.api.audit.AuditTrail;
import io.broadcaster.api.identity.Act;
import io.broadcaster.audit.AuditAct;
import io.broadcaster.task.DeadLetterQueue;
import io.broadcaster.task.QueueName;
import io.broadcaster.task.Redrive;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Putting back what gave up: once it is safe, written down first, at a bounded rate; SQS does the moving. */
public final class QueueRoutes implements RouteSet {
    private final Function<QueueName, Redrive> redrives;
    private final AuditTrail trail;
    private final InstantSource clock;

    public QueueRoutes(Function<QueueName, Redrive> redrives, AuditTrail trail, InstantSource clock) {
        this.redrives = redrives;
        this.trail = trail;
        this.clock = clock;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.post("/queues/{name}/redrive", Act.REDRIVE, this::redrive));
    }

    private HttpResponse redrive(Call call) {
        int perSecond = perSecond(call.json());
        String text = call.pathParam("name");
        Optional<QueueName> name = QueueName.ofWireName(text);
        if (name.isEmpty()) {
            return Problem.of(Problem.Kind.NOT_FOUND, "there is no queue '" + text + "'")
                    .response();
        }
        Redrive redrive = redrives.apply(name.get());
        Redrive.Look look = redrive.look();
        if (look.letters() == 0) {
            return answer(look, perSecond, name.get());
        }
        if (!look.isSafe(clock.instant())) {
            return Problem.tooEarly(look.safeAt()).response();
        }
        AuditAct act = trail.acts().redrive(call.principal(), name.get(), look.detail(perSecond));
        trail.write(act);
        if (!redrive.deadLetters().redrive(perSecond)) {
            trail.write(act.notDone("a move of this queue runs already"));
            return Problem.of(Problem.Kind.MOVE_RUNS, "wait until the dead letters are as many as before, or none")
                    .response();
        }
        return answer(look, perSecond, name.get());
    }

    private static HttpResponse answer(Redrive.Look look, int perSecond, QueueName name) {
        return Call.json(
                HttpStatus.ACCEPTED,
                Json.object()
                        .put("queue", name.wireName())
                        .put("letters", look.letters())
                        .put("perSecond", perSecond));
    }

    private static int perSecond(JsonFields fields) {
        long rate = fields.optionalWhole("perSecond").orElse(DeadLetterQueue.RATE_DEFAULT);
        fields.done();
        return DeadLetterQueue.rate("perSecond", rate);
    }
}
