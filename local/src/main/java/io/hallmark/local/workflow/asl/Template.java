package io.hallmark.local.workflow.asl;

import io.hallmark.core.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A payload template: literal JSON in which each field {@code name.$} becomes {@code name} with the node its path names. */
sealed interface Template {

    Json fill(Scope scope);

    /** Reads a template; an {@link IllegalArgumentException} names the path that is not played. */
    static Template of(Json json) {
        return of(json, Path::parse);
    }

    /** Reads an ItemSelector, whose paths also see {@code $$.Map.Item}. */
    static Template ofItem(Json json) {
        return of(json, Path::parseOfItem);
    }

    private static Template of(Json json, Function<String, Path> paths) {
        if (json instanceof Json.Obj object) {
            Map<String, Template> fields = new LinkedHashMap<>();
            object.fields().forEach((name, value) -> {
                boolean reference = name.endsWith(".$");
                String plain = reference ? name.substring(0, name.length() - 2) : name;
                if (fields.put(plain, reference ? reference(name, value, paths) : of(value, paths)) != null) {
                    throw new IllegalArgumentException("the field " + plain + " is given twice");
                }
            });
            return new Fields(fields);
        }
        if (json instanceof Json.Arr array) {
            return new Items(array.items().stream().map(item -> of(item, paths)).toList());
        }
        return new Literal(json);
    }

    private static Template reference(String name, Json value, Function<String, Path> paths) {
        if (!(value instanceof Json.Text path)) {
            throw new IllegalArgumentException("the field " + name + " is no path but " + value.kind());
        }
        return new Reference(name, paths.apply(path.value()));
    }

    /** A value that stands for itself. */
    record Literal(Json value) implements Template {
        @Override
        public Json fill(Scope scope) {
            return value;
        }
    }

    /** A node of the data or of the context object. */
    record Reference(String field, Path path) implements Template {
        @Override
        public Json fill(Scope scope) {
            return path.find(scope)
                    .orElseThrow(() -> AslError.runtime("The JSONPath '" + path.text() + "' specified for the field '"
                            + field + "' could not be found in the input"));
        }
    }

    /** An object, field by field. */
    record Fields(Map<String, Template> fields) implements Template {
        @Override
        public Json fill(Scope scope) {
            Map<String, Json> filled = new LinkedHashMap<>();
            fields.forEach((name, template) -> filled.put(name, template.fill(scope)));
            return new Json.Obj(filled);
        }
    }

    /** An array, item by item. */
    record Items(List<Template> items) implements Template {
        @Override
        public Json fill(Scope scope) {
            List<Json> filled = new ArrayList<>();
            items.forEach(template -> filled.add(template.fill(scope)));
            return Json.array(filled);
        }
    }
}
