package io.hallmark.aws;

import io.hallmark.core.json.Json;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;
import software.amazon.awssdk.protocols.jsoncore.JsonNodeVisitor;

/** Reads JSON text that AWS answers with, by the parser that the SDK brings along. */
final class SdkJson {

    private SdkJson() {}

    static Json parse(String text) {
        return JsonNode.parser().parse(text).visit(new Reader());
    }

    private static final class Reader implements JsonNodeVisitor<Json> {

        @Override
        public Json visitNull() {
            return Json.nothing();
        }

        @Override
        public Json visitBoolean(boolean value) {
            return Json.of(value);
        }

        @Override
        public Json visitNumber(String number) {
            return Json.of(new BigDecimal(number));
        }

        @Override
        public Json visitString(String text) {
            return Json.of(text);
        }

        @Override
        public Json visitArray(List<JsonNode> items) {
            return Json.array(items.stream().map(item -> item.visit(this)).toList());
        }

        @Override
        public Json visitObject(Map<String, JsonNode> fields) {
            Map<String, Json> read = new LinkedHashMap<>();
            fields.forEach((name, value) -> read.put(name, value.visit(this)));
            return new Json.Obj(read);
        }

        @Override
        public Json visitEmbeddedObject(Object value) {
            throw new IllegalStateException("JSON text holds no embedded object");
        }
    }
}
