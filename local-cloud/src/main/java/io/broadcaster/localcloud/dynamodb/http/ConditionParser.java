package io.broadcaster.localcloud.dynamodb.http;

import io.broadcaster.localcloud.dynamodb.table.Condition;
import io.broadcaster.localcloud.dynamodb.table.Condition.Term;
import io.broadcaster.localcloud.dynamodb.table.Refusal;
import io.broadcaster.localcloud.dynamodb.table.Value;
import java.util.ArrayList;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads conditions of the form {@code attribute_exists(a) AND attribute_not_exists(b) AND c = :value}; names may be aliases
 * ({@code #name}). Anything else is refused, never taken for something that it is not. Pure.
 */
final class ConditionParser {
    private static final Pattern AND = Pattern.compile("\\s+AND\\s+", Pattern.CASE_INSENSITIVE);
    private static final Pattern FUNCTION =
            Pattern.compile("\\s*(attribute_exists|attribute_not_exists)\\s*\\(\\s*(#?[A-Za-z_]\\w*)\\s*\\)\\s*");
    private static final Pattern EQUAL = Pattern.compile("\\s*(#?[A-Za-z_]\\w*)\\s*=\\s*(:\\w+)\\s*");

    private final Map<String, String> names;
    private final Map<String, Value> values;

    ConditionParser(Map<String, String> names, Map<String, Value> values) {
        this.names = names;
        this.values = values;
    }

    Condition parse(String expression, boolean tellsWhatStands) {
        if (expression.isEmpty()) {
            return Condition.NONE;
        }
        var terms = new ArrayList<Term>();
        for (String part : AND.split(expression, -1)) {
            terms.add(term(part));
        }
        return new Condition(terms, tellsWhatStands);
    }

    /** One equality, as the condition of a query's key must be. */
    Term.Equal equality(String expression) {
        Matcher equal = EQUAL.matcher(expression);
        if (!equal.matches()) {
            throw unknown(expression);
        }
        return new Term.Equal(name(equal.group(1)), value(equal.group(2)));
    }

    private Term term(String part) {
        Matcher function = FUNCTION.matcher(part);
        if (!function.matches()) {
            return equality(part);
        }
        String name = name(function.group(2));
        return function.group(1).equals("attribute_exists") ? new Term.Exists(name) : new Term.NotExists(name);
    }

    private String name(String written) {
        if (!written.startsWith("#")) {
            return written;
        }
        String name = names.get(written);
        if (name == null) {
            throw Refusal.invalid(
                    "An expression attribute name used in the document path is not defined; attribute name: "
                            + written);
        }
        return name;
    }

    private Value value(String written) {
        Value value = values.get(written);
        if (value == null) {
            throw Refusal.invalid(
                    "An expression attribute value used in expression is not defined; attribute value: " + written);
        }
        return value;
    }

    private static Refusal unknown(String expression) {
        return Refusal.invalid("The local DynamoDB does not know this expression: " + expression);
    }
}
