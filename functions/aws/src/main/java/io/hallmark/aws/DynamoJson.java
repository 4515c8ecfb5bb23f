package io.hallmark.aws;

import io.hallmark.core.json.Json;
import io.hallmark.core.store.Item;
import io.hallmark.core.store.ItemLimits;
import io.hallmark.core.store.Key;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Values as attributes of DynamoDB, and back, exactly. A number that DynamoDB cannot hold is kept as its text, in an
 * object whose one field is {@code #n}; an object that looks like that gets another {@code #} in front of the name.
 */
final class DynamoJson {

    private static final String TAG = "#n";

    private DynamoJson() {}

    static Map<String, AttributeValue> key(Key key) {
        return Map.of("pk", AttributeValue.fromS(key.pk()), "sk", AttributeValue.fromS(key.sk()));
    }

    static Map<String, AttributeValue> item(Item item) {
        Map<String, AttributeValue> row = new HashMap<>(key(item.key()));
        item.attributes().fields().forEach((name, value) -> row.put(name, value.match(new Encoder())));
        return row;
    }

    static Item item(Map<String, AttributeValue> row) {
        Map<String, Json> attributes = new LinkedHashMap<>();
        row.forEach((name, value) -> attributes.put(name, decode(value)));
        attributes.remove("pk");
        attributes.remove("sk");
        return new Item(new Key(text(row, "pk"), text(row, "sk")), new Json.Obj(attributes));
    }

    static AttributeValue encode(Json value) {
        return value.match(new Encoder());
    }

    static String text(Map<String, AttributeValue> row, String name) {
        AttributeValue value = row.get(name);
        if (value == null || value.s() == null) {
            throw new IllegalStateException("a row without a string " + name);
        }
        return value.s();
    }

    private static Json decode(AttributeValue value) {
        return switch (value.type()) {
            case S -> Json.of(value.s());
            case N -> Json.of(new BigDecimal(value.n()));
            case BOOL -> Json.of(value.bool());
            case NUL -> Json.nothing();
            case L -> Json.array(value.l().stream().map(DynamoJson::decode).toList());
            case M -> object(value.m());
            case SS, NS, B, BS, UNKNOWN_TO_SDK_VERSION ->
                throw new IllegalStateException("the registry writes no attribute of type " + value.type());
        };
    }

    private static Json object(Map<String, AttributeValue> fields) {
        Map<String, Json> decoded = new LinkedHashMap<>();
        for (var field : fields.entrySet()) {
            if (fields.size() == 1 && field.getKey().equals(TAG)) {
                return Json.of(new BigDecimal(field.getValue().s()));
            }
            boolean escaped = fields.size() == 1 && tagLike(field.getKey());
            decoded.put(escaped ? field.getKey().substring(1) : field.getKey(), decode(field.getValue()));
        }
        return new Json.Obj(decoded);
    }

    /** Whether this is #n, ##n, ###n … */
    private static boolean tagLike(String name) {
        return name.endsWith(TAG) && name.chars().limit(name.length() - 1L).allMatch(c -> c == '#');
    }

    private static final class Encoder implements Json.Cases<AttributeValue> {

        @Override
        public AttributeValue object(Json.Obj value) {
            Map<String, AttributeValue> fields = new LinkedHashMap<>();
            value.fields().forEach((name, field) -> {
                boolean escape = value.fields().size() == 1 && tagLike(name);
                fields.put(escape ? "#" + name : name, field.match(this));
            });
            return AttributeValue.fromM(fields);
        }

        @Override
        public AttributeValue array(Json.Arr value) {
            List<AttributeValue> items =
                    value.items().stream().map(item -> item.match(this)).toList();
            return AttributeValue.fromL(items);
        }

        @Override
        public AttributeValue text(Json.Text value) {
            return AttributeValue.fromS(value.value());
        }

        @Override
        public AttributeValue number(Json.Num value) {
            String digits = value.value().toString();
            return ItemLimits.nativeNumber(value.value())
                    ? AttributeValue.fromN(digits)
                    : AttributeValue.fromM(Map.of(TAG, AttributeValue.fromS(digits)));
        }

        @Override
        public AttributeValue bool(Json.Bool value) {
            return AttributeValue.fromBool(value.value());
        }

        @Override
        public AttributeValue nothing(Json.Nothing value) {
            return AttributeValue.fromNul(true);
        }
    }
}
