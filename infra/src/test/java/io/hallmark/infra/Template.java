package io.hallmark.infra;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** The template as values: the short forms of functions are written out ({@code !Ref x} is {@code {Ref: x}}). */
record Template(Map<String, Object> root) {

    static final Path FILE = Path.of("template.yaml");

    static Template read() {
        return parse(text(FILE));
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static Template parse(String yaml) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(10_000_000);
        return new Template(map(value(new Yaml(options).compose(new StringReader(yaml)))));
    }

    private static Object value(Node node) {
        Object plain = plain(node);
        String tag = node.getTag().getValue();
        if (!tag.startsWith("!")) {
            return plain;
        }
        String name = tag.substring(1);
        return Map.of(name.equals("Ref") || name.equals("Condition") ? name : "Fn::" + name, plain);
    }

    private static Object plain(Node node) {
        if (node instanceof MappingNode mapping) {
            Map<String, Object> fields = new LinkedHashMap<>();
            for (NodeTuple field : mapping.getValue()) {
                fields.put(((ScalarNode) field.getKeyNode()).getValue(), value(field.getValueNode()));
            }
            return fields;
        }
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue().stream().map(Template::value).toList();
        }
        return ((ScalarNode) node).getValue();
    }

    /** A resource and its logical id. */
    record Resource(String id, String type, Map<String, Object> properties) {

        Object at(String... path) {
            return Template.at(properties, path);
        }

        boolean has(String... path) {
            return !at(path).equals("");
        }
    }

    Stream<Resource> all() {
        return map(root.get("Resources")).entrySet().stream().map(entry -> {
            Map<String, Object> body = map(entry.getValue());
            return new Resource(
                    entry.getKey(), String.valueOf(body.get("Type")), map(body.getOrDefault("Properties", Map.of())));
        });
    }

    List<Resource> of(String type) {
        return all().filter(resource -> resource.type().equals(type)).toList();
    }

    Resource resource(String id) {
        return all().filter(found -> found.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the template has no resource " + id));
    }

    boolean hasResource(String id) {
        return all().anyMatch(found -> found.id().equals(id));
    }

    List<Resource> functions() {
        return of("AWS::Serverless::Function");
    }

    /** What lies at a path of names, or an empty text. */
    static Object at(Object from, String... path) {
        Object here = from;
        for (String name : path) {
            here = here instanceof Map<?, ?> fields && fields.containsKey(name) ? fields.get(name) : "";
        }
        return here;
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    /** A list as it is, anything else alone. */
    @SuppressWarnings("unchecked")
    static List<Object> list(Object value) {
        if (value instanceof List<?> several) {
            return (List<Object>) several;
        }
        return value.equals("") ? List.of() : List.of(value);
    }

    /** A policy statement and where it stands. */
    record Statement(String place, Map<String, Object> fields) {

        boolean allows() {
            return "Allow".equals(fields.get("Effect"));
        }

        List<Object> actions() {
            return list(fields.getOrDefault("Action", ""));
        }

        List<Object> resources() {
            return list(fields.getOrDefault("Resource", ""));
        }

        String sid() {
            return String.valueOf(fields.getOrDefault("Sid", ""));
        }
    }

    /** Every policy statement of the template. */
    List<Statement> statements() {
        List<Statement> found = new ArrayList<>();
        all().forEach(resource -> collect(resource.id(), resource.properties(), found));
        return found;
    }

    /** The statements of one role. */
    List<Statement> statements(String role) {
        List<Statement> found = new ArrayList<>();
        collect(role, resource(role).at("Policies"), found);
        return found;
    }

    private static void collect(String place, Object value, List<Statement> found) {
        if (value instanceof Map<?, ?> fields) {
            if (fields.containsKey("Statement")) {
                list(at(fields, "Statement")).forEach(each -> found.add(new Statement(place, map(each))));
            }
            fields.values().forEach(each -> collect(place, each, found));
        } else if (value instanceof List<?> items) {
            items.forEach(each -> collect(place, each, found));
        }
    }
}
