package io.broadcaster.testkit.simulation;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.Executor;

/**
 * Virtual threads on a scheduler of our own, through a constructor of the JDK that is not public: it wants
 * {@code --add-opens java.base/java.lang=ALL-UNNAMED}, and {@code -Djdk.trackAllThreads=false} so that threads which are
 * never run again are garbage. A virtual thread that is made by another one inherits its scheduler.
 */
final class ThreadsOf {
    private static final String BUILDER = "java.lang.ThreadBuilders$VirtualThreadBuilder";

    private ThreadsOf() {}

    /** Makes threads whose every step is a task of the executor. */
    static Thread.Builder.OfVirtual executor(Executor executor) {
        try {
            Constructor<?> constructor = Class.forName(BUILDER).getDeclaredConstructor(Executor.class);
            constructor.setAccessible(true);
            return (Thread.Builder.OfVirtual) constructor.newInstance(executor);
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw new IllegalStateException(
                    "a simulation needs JDK 25 with --add-opens java.base/java.lang=ALL-UNNAMED", cause(e));
        }
    }

    private static Throwable cause(Exception failure) {
        Throwable inner = failure instanceof InvocationTargetException ? failure.getCause() : failure;
        return inner == null ? failure : inner;
    }
}
