package io.broadcaster.loadtest.measure;

import com.sun.management.GarbageCollectionNotificationInfo;
import io.broadcaster.loadtest.measure.Usage.Collections;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import javax.management.ListenerNotFoundException;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;

/** Listens to this JVM's collectors and keeps every pause. Notifications come on a thread of the JVM; any thread reads. */
final class CollectionPauses implements AutoCloseable {
    /** Beans of phases that run beside the program, not of pauses. */
    private static final List<String> CONCURRENT = List.of("Concurrent", "Cycles");

    private final List<Long> pauses = new ArrayList<>();
    private final List<NotificationEmitter> emitters = new ArrayList<>();
    private final NotificationListener listener = this::heard;

    CollectionPauses() {
        for (GarbageCollectorMXBean bean : ManagementFactory.getGarbageCollectorMXBeans()) {
            boolean pausing = CONCURRENT.stream().noneMatch(bean.getName()::contains);
            if (pausing && bean instanceof NotificationEmitter emitter) {
                emitter.addNotificationListener(listener, null, null);
                emitters.add(emitter);
            }
        }
    }

    /** The pauses heard of so far, in milliseconds. */
    synchronized Collections soFar() {
        return new Collections(
                pauses.size(),
                pauses.stream().mapToLong(Long::longValue).sum(),
                pauses.stream().mapToLong(Long::longValue).max().orElse(0));
    }

    private void heard(Notification notification, Object handback) {
        if (notification.getUserData() instanceof CompositeData data) {
            long millis =
                    GarbageCollectionNotificationInfo.from(data).getGcInfo().getDuration();
            synchronized (this) {
                pauses.add(millis);
            }
        }
    }

    @Override
    public void close() {
        for (NotificationEmitter emitter : emitters) {
            try {
                emitter.removeNotificationListener(listener);
            } catch (ListenerNotFoundException e) {
                throw new IllegalStateException("a listener that was added must be there", e);
            }
        }
    }
}
