package io.hallmark.handlers.wiring;

import io.hallmark.core.promotion.Policy;
import io.hallmark.core.promotion.PolicyReader;
import io.hallmark.handlers.json.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The policies that come with the registry, as files beside the classes. */
public final class ShippedPolicies {

    private static final List<String> NAMES = List.of("default", "demo");

    private ShippedPolicies() {}

    public static List<Policy> read() {
        return NAMES.stream().map(ShippedPolicies::read).toList();
    }

    private static Policy read(String name) {
        String path = "/policies/" + name + ".json";
        try (InputStream in = ShippedPolicies.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("the policy " + path + " is missing from the jar");
            }
            return PolicyReader.read(name, StrictJson.read(in.readAllBytes()));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
