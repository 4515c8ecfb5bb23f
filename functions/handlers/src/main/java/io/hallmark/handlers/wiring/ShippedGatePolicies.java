package io.hallmark.handlers.wiring;

import io.hallmark.core.gate.policy.GatePolicy;
import io.hallmark.core.gate.policy.GatePolicyReader;
import io.hallmark.handlers.json.StrictYaml;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The gate policies that come with the registry, as files beside the classes. */
public final class ShippedGatePolicies {

    private static final List<String> NAMES = List.of("default", "demo");

    private ShippedGatePolicies() {}

    public static List<GatePolicy> read() {
        return NAMES.stream().map(ShippedGatePolicies::read).toList();
    }

    private static GatePolicy read(String name) {
        String path = "/gates/" + name + ".yaml";
        try (InputStream in = ShippedGatePolicies.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("the gate policy " + path + " is missing from the jar");
            }
            return StrictYaml.read(in.readAllBytes()).read(GatePolicyReader::read);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
