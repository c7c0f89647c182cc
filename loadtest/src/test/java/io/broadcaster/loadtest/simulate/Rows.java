package io.broadcaster.loadtest.simulate;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Runs the rows whose names begin with the arguments, without Maven and JUnit's engine, for {@code bin/mutations}: prints
 * the red ones and ends with status 1 when each of the arguments names a red row, with 0 when none does, else with 2.
 */
final class Rows {
    private static final List<Class<?>> TESTS = List.of(OnceOnlyTest.class, SendersUnderFaultsTest.class);

    private Rows() {}

    public static void main(String[] prefixes) throws ReflectiveOperationException {
        int redPrefixes = 0;
        for (String prefix : prefixes) {
            List<String> red = new ArrayList<>();
            List<Method> rows = rows(prefix);
            if (rows.isEmpty()) {
                throw new IllegalArgumentException("no row begins with " + prefix);
            }
            for (Method row : rows) {
                if (!green(row)) {
                    red.add(row.getName());
                }
            }
            System.err.println(prefix + ": " + (red.isEmpty() ? "green" : "red " + red));
            redPrefixes += red.isEmpty() ? 0 : 1;
        }
        System.exit(redPrefixes == 0 ? 0 : redPrefixes == prefixes.length ? 1 : 2);
    }

    private static List<Method> rows(String prefix) {
        return TESTS.stream()
                .flatMap(test -> Arrays.stream(test.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(Test.class)
                        && method.getName().startsWith(prefix))
                .sorted(Comparator.comparing(Method::getName))
                .toList();
    }

    private static boolean green(Method row) throws ReflectiveOperationException {
        var constructor = row.getDeclaringClass().getDeclaredConstructor();
        constructor.setAccessible(true);
        row.setAccessible(true);
        try {
            row.invoke(constructor.newInstance());
            return true;
        } catch (InvocationTargetException e) {
            return false;
        }
    }
}
