package io.hallmark.conformance;

import io.hallmark.core.json.Json;
import io.hallmark.core.store.Condition;
import io.hallmark.core.store.Cursor;
import io.hallmark.core.store.Index;
import io.hallmark.core.store.Item;
import io.hallmark.core.store.Key;
import io.hallmark.core.store.Outcome;
import io.hallmark.core.store.Page;
import io.hallmark.core.store.Query;
import io.hallmark.core.store.Table;
import io.hallmark.core.store.Transaction;
import io.hallmark.core.store.Write;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * DynamoDB's JSON protocol in front of a table, as far as the registry's adapter speaks it: GetItem, Query and
 * TransactWriteItems, the five conditions and the three ranges. What it does not know it refuses by name.
 */
final class TableStub {

    private static final Pattern PARTITION = Pattern.compile("(#n\\d+) = (:v\\d+)(?: AND (.+))?");
    private static final Pattern PREFIX = Pattern.compile("begins_with\\((#n\\d+), (:v\\d+)\\)");
    private static final Pattern BETWEEN = Pattern.compile("(#n\\d+) BETWEEN (:v\\d+) AND (:v\\d+)");
    private static final Pattern ABSENT = Pattern.compile("attribute_not_exists\\((#n\\d+)\\)");
    private static final Pattern PRESENT = Pattern.compile("attribute_exists\\((#n\\d+)\\)");
    private static final Pattern EQUAL = Pattern.compile("(#n\\d+) = (:v\\d+)");
    private static final Pattern LESS = Pattern.compile("(#n\\d+) < (:v\\d+)");
    private static final Pattern ABSENT_OR_EQUAL =
            Pattern.compile("attribute_not_exists\\((#n\\d+)\\) OR (#n\\d+) = (:v\\d+)");

    private final Table table;
    private final String name;

    TableStub(Table table, String name) {
        this.table = table;
        this.name = name;
    }

    /** The answer to one operation. */
    StubAnswer answer(String operation, Json.Obj request) {
        return switch (operation) {
            case "GetItem" -> get(request);
            case "Query" -> query(request);
            case "TransactWriteItems" -> transact(request);
            default -> throw new StubAnswer.NotKnown("the operation " + operation);
        };
    }

    private StubAnswer get(Json.Obj request) {
        known(request, Set.of("TableName", "Key", "ConsistentRead"));
        requireTable(request);
        Json.Obj answer = table.get(key(request.object("Key")))
                .map(found -> Json.object().with("Item", row(found)))
                .orElse(Json.object());
        return StubAnswer.ok(answer);
    }

    private StubAnswer query(Json.Obj request) {
        known(
                request,
                Set.of(
                        "TableName",
                        "IndexName",
                        "KeyConditionExpression",
                        "ExpressionAttributeNames",
                        "ExpressionAttributeValues",
                        "ScanIndexForward",
                        "ConsistentRead",
                        "Limit",
                        "ExclusiveStartKey"));
        requireTable(request);
        Optional<Index> index = request.findText("IndexName").map(text -> Index.valueOf(text.toUpperCase(Locale.ROOT)));
        Matcher parts = matched(PARTITION, request.text("KeyConditionExpression"));
        requireName(request, parts.group(1), index.map(Index::pk).orElse("pk"));
        String sk = index.map(Index::sk).orElse("sk");
        Query query = new Query(
                text(request, parts.group(2)),
                range(request, parts.group(3), sk),
                !request.find("ScanIndexForward").equals(Optional.of(Json.of(false))),
                (int) request.integer("Limit"),
                Optional.empty());
        Optional<Cursor> start = request.findObject("ExclusiveStartKey")
                .map(last -> new Cursor(last.object(sk).text("S"), key(last)));
        Query from = query.after(start.map(cursor -> cursor.encode(query, index)));
        Page page = index.map(wanted -> table.queryIndex(wanted, from)).orElseGet(() -> table.query(from));
        Json.Obj answer = Json.object()
                .with(
                        "Items",
                        Json.array(page.items().stream().map(TableStub::row).toList()))
                .with("Count", page.items().size())
                .with("ScannedCount", page.items().size());
        if (page.next().isPresent()) {
            Item last = page.items().get(page.items().size() - 1);
            Json.Obj row = row(last);
            Json.Obj end = Json.object().with("pk", row.object("pk")).with("sk", row.object("sk"));
            if (index.isPresent()) {
                end = end.with(index.get().pk(), row.object(index.get().pk())).with(sk, row.object(sk));
            }
            answer = answer.with("LastEvaluatedKey", end);
        }
        return StubAnswer.ok(answer);
    }

    private static Query.Range range(Json.Obj request, String rest, String sk) {
        if (rest == null) {
            return Query.Range.all();
        }
        Matcher prefix = PREFIX.matcher(rest);
        if (prefix.matches()) {
            requireName(request, prefix.group(1), sk);
            return Query.Range.prefix(text(request, prefix.group(2)));
        }
        Matcher between = matched(BETWEEN, rest);
        requireName(request, between.group(1), sk);
        return Query.Range.between(text(request, between.group(2)), text(request, between.group(3)));
    }

    private StubAnswer transact(Json.Obj request) {
        known(request, Set.of("TransactItems", "ClientRequestToken"));
        List<Write> writes = new ArrayList<>();
        for (Json each : request.array("TransactItems")) {
            writes.add(write((Json.Obj) each));
        }
        Outcome outcome = table.transact(new Transaction(request.text("ClientRequestToken"), writes));
        return outcome instanceof Outcome.Refused refused ? cancelled(refused) : StubAnswer.ok(Json.object());
    }

    private static StubAnswer cancelled(Outcome.Refused refused) {
        List<Json> reasons = new ArrayList<>();
        for (Optional<Outcome.Refusal> refusal : refused.refusals()) {
            Json.Obj reason = Json.object().with("Code", refusal.isPresent() ? "ConditionalCheckFailed" : "None");
            Optional<Item> found = refusal.flatMap(Outcome.Refusal::found);
            reasons.add(found.isPresent() ? reason.with("Item", row(found.get())) : reason);
        }
        return StubAnswer.refused(
                "com.amazonaws.dynamodb.v20120810#TransactionCanceledException",
                Json.object()
                        .with("message", "Transaction cancelled")
                        .with("CancellationReasons", Json.array(reasons)));
    }

    private Write write(Json.Obj action) {
        String kind = action.fields().keySet().iterator().next();
        Json.Obj body = action.object(kind);
        known(
                body,
                Set.of(
                        "TableName",
                        "Item",
                        "Key",
                        "ConditionExpression",
                        "ExpressionAttributeNames",
                        "ExpressionAttributeValues",
                        "ReturnValuesOnConditionCheckFailure"));
        requireTable(body);
        Condition[] conditions = conditions(body).toArray(Condition[]::new);
        return switch (kind) {
            case "Put" -> Write.put(item(body.object("Item")), conditions);
            case "Delete" -> Write.delete(key(body.object("Key")), conditions);
            case "ConditionCheck" -> Write.check(key(body.object("Key")), conditions);
            default -> throw new StubAnswer.NotKnown("the action " + kind);
        };
    }

    private static List<Condition> conditions(Json.Obj body) {
        String expression = body.findText("ConditionExpression").orElse("");
        List<Condition> conditions = new ArrayList<>();
        if (!expression.isEmpty()) {
            String inner = expression.substring(1, expression.length() - 1);
            for (String part : inner.split("\\) AND \\((?=attribute|#)", -1)) {
                conditions.add(condition(body, part));
            }
        }
        return conditions;
    }

    private static Condition condition(Json.Obj body, String part) {
        Matcher either = ABSENT_OR_EQUAL.matcher(part);
        if (either.matches()) {
            requireName(body, either.group(1), "pk");
            return Condition.absentOrEqual(name(body, either.group(2)), value(body, either.group(3)));
        }
        Matcher absent = ABSENT.matcher(part);
        if (absent.matches()) {
            requireName(body, absent.group(1), "pk");
            return Condition.absent();
        }
        Matcher present = PRESENT.matcher(part);
        if (present.matches()) {
            requireName(body, present.group(1), "pk");
            return Condition.present();
        }
        Matcher less = LESS.matcher(part);
        if (less.matches()) {
            return Condition.lessThan(name(body, less.group(1)), value(body, less.group(2)));
        }
        Matcher equal = matched(EQUAL, part);
        return Condition.equal(name(body, equal.group(1)), value(body, equal.group(2)));
    }

    private static Matcher matched(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.matches()) {
            throw new StubAnswer.NotKnown("the expression " + text);
        }
        return matcher;
    }

    private static void known(Json.Obj request, Set<String> fields) {
        request.fields().keySet().stream()
                .filter(field -> !fields.contains(field))
                .findFirst()
                .ifPresent(field -> {
                    throw new StubAnswer.NotKnown("the parameter " + field);
                });
    }

    private void requireTable(Json.Obj request) {
        if (!request.text("TableName").equals(name)) {
            throw new StubAnswer.NotKnown("the table " + request.text("TableName"));
        }
    }

    private static void requireName(Json.Obj request, String placeholder, String wanted) {
        if (!name(request, placeholder).equals(wanted)) {
            throw new StubAnswer.NotKnown("a condition here on " + name(request, placeholder));
        }
    }

    private static String name(Json.Obj request, String placeholder) {
        return request.object("ExpressionAttributeNames").text(placeholder);
    }

    private static Json value(Json.Obj request, String placeholder) {
        return decode(request.object("ExpressionAttributeValues").object(placeholder));
    }

    private static String text(Json.Obj request, String placeholder) {
        return ((Json.Text) value(request, placeholder)).value();
    }

    private static Key key(Json.Obj row) {
        return new Key(row.object("pk").text("S"), row.object("sk").text("S"));
    }

    private static Item item(Json.Obj row) {
        Map<String, Json> attributes = new LinkedHashMap<>();
        row.fields().forEach((field, value) -> attributes.put(field, decode(value)));
        attributes.remove("pk");
        attributes.remove("sk");
        return new Item(key(row), new Json.Obj(attributes));
    }

    private static Json decode(Json typed) {
        Map.Entry<String, Json> entry =
                ((Json.Obj) typed).fields().entrySet().iterator().next();
        return switch (entry.getKey()) {
            case "S", "BOOL" -> entry.getValue();
            case "N" -> Json.of(new BigDecimal(((Json.Text) entry.getValue()).value()));
            case "NULL" -> Json.nothing();
            case "L" ->
                Json.array(((Json.Arr) entry.getValue())
                        .items().stream().map(TableStub::decode).toList());
            case "M" -> {
                Map<String, Json> fields = new LinkedHashMap<>();
                ((Json.Obj) entry.getValue()).fields().forEach((field, value) -> fields.put(field, decode(value)));
                yield new Json.Obj(fields);
            }
            default -> throw new StubAnswer.NotKnown("the type " + entry.getKey());
        };
    }

    private static Json.Obj row(Item item) {
        Json.Obj row = Json.object()
                .with("pk", Json.object().with("S", item.key().pk()))
                .with("sk", Json.object().with("S", item.key().sk()));
        for (Map.Entry<String, Json> field : item.attributes().fields().entrySet()) {
            row = row.with(field.getKey(), encode(field.getValue()));
        }
        return row;
    }

    private static Json.Obj encode(Json value) {
        if (value instanceof Json.Text) {
            return Json.object().with("S", value);
        }
        if (value instanceof Json.Num number) {
            return Json.object().with("N", number.value().toString());
        }
        if (value instanceof Json.Bool) {
            return Json.object().with("BOOL", value);
        }
        if (value instanceof Json.Arr array) {
            return Json.object()
                    .with(
                            "L",
                            Json.array(array.items().stream()
                                    .map(each -> (Json) encode(each))
                                    .toList()));
        }
        if (value instanceof Json.Obj object) {
            Map<String, Json> fields = new LinkedHashMap<>();
            object.fields().forEach((field, each) -> fields.put(field, encode(each)));
            return Json.object().with("M", new Json.Obj(fields));
        }
        return Json.object().with("NULL", true);
    }
}
