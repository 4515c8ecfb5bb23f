package io.hallmark.local.workflow.asl;

import io.hallmark.core.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Definition substitutions, as deployments make them: {@code ${Name}} in any string of the machine. */
final class Substitution {

    private static final Pattern NAME = Pattern.compile("\\$\\{([A-Za-z0-9]+)}");

    private Substitution() {}

    static Json apply(Json json, Map<String, String> values) {
        if (json instanceof Json.Obj object) {
            Map<String, Json> fields = new LinkedHashMap<>();
            object.fields().forEach((name, value) -> fields.put(name, apply(value, values)));
            return new Json.Obj(fields);
        }
        if (json instanceof Json.Arr array) {
            List<Json> items = new ArrayList<>();
            array.items().forEach(item -> items.add(apply(item, values)));
            return Json.array(items);
        }
        return json instanceof Json.Text text ? Json.of(text(text.value(), values)) : json;
    }

    private static String text(String text, Map<String, String> values) {
        return NAME.matcher(text).replaceAll(found -> {
            String value = values.get(found.group(1));
            if (value == null) {
                throw new DefinitionRefused(List.of("nothing stands for " + found.group()));
            }
            return Matcher.quoteReplacement(value);
        });
    }
}
