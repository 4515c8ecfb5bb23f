package io.hallmark.aws;

import io.hallmark.core.json.Json;
import io.hallmark.core.store.Condition;
import io.hallmark.core.store.Query;
import io.hallmark.core.store.Utf8;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** An expression in the making: every name and value goes in by placeholder, so none can be read as a keyword. */
final class DynamoExpression {

    private final Map<String, String> names = new HashMap<>();
    private final Map<String, AttributeValue> values = new HashMap<>();

    Map<String, String> names() {
        return names;
    }

    Map<String, AttributeValue> values() {
        return values;
    }

    /** The text for all of these conditions. */
    String all(List<Condition> conditions) {
        return conditions.stream()
                .map(condition -> "(" + condition(condition) + ")")
                .collect(Collectors.joining(" AND "));
    }

    /** The text for a partition and a range of these attributes. */
    String keys(String pk, String sk, Query query) {
        String partition = name(pk) + " = " + value(Json.of(query.pk()));
        return query.range().match(new Query.Range.Cases<>() {
            @Override
            public String all(Query.Range.All range) {
                return partition;
            }

            @Override
            public String prefix(Query.Range.Prefix range) {
                return partition + " AND begins_with(" + name(sk) + ", " + value(Json.of(range.prefix())) + ")";
            }

            @Override
            public String between(Query.Range.Between range) {
                return partition + " AND " + name(sk) + " BETWEEN " + value(Json.of(range.first())) + " AND "
                        + value(Json.of(range.last()));
            }
        });
    }

    /** Whether DynamoDB would refuse this range for its ends being the wrong way round. */
    static boolean isEmpty(Query.Range range) {
        return range instanceof Query.Range.Between between && Utf8.compare(between.first(), between.last()) > 0;
    }

    private String condition(Condition condition) {
        return condition.match(new Condition.Cases<>() {
            @Override
            public String absent(Condition.Absent absent) {
                return "attribute_not_exists(" + name("pk") + ")";
            }

            @Override
            public String present(Condition.Present present) {
                return "attribute_exists(" + name("pk") + ")";
            }

            @Override
            public String equal(Condition.Equal equal) {
                return name(equal.attribute()) + " = " + value(equal.value());
            }

            @Override
            public String absentOrEqual(Condition.AbsentOrEqual equal) {
                return "attribute_not_exists(" + name("pk") + ") OR " + name(equal.attribute()) + " = "
                        + value(equal.value());
            }

            @Override
            public String lessThan(Condition.LessThan less) {
                return name(less.attribute()) + " < " + value(less.value());
            }
        });
    }

    private String name(String name) {
        String placeholder = "#n" + names.size();
        names.put(placeholder, name);
        return placeholder;
    }

    private String value(Json value) {
        String placeholder = ":v" + values.size();
        values.put(placeholder, DynamoJson.encode(value));
        return placeholder;
    }
}
