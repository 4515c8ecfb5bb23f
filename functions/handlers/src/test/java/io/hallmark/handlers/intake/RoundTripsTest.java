package io.hallmark.handlers.intake;

import org.junit.jupiter.api.Test;

class RoundTripsTest {

    private final Registry registry = new Registry();

    @Test
    void measure() {
        registry.uploadSample("doctor-visit/baseline-logistic", "doctor-visit/base");
        var objects = registry.putSample("doctor-visit/candidate-gbm", "doctor-visit/gbm");
        for (var o : objects) {
            registry.table.reset();
            registry.tell(o);
            System.out.println(
                    o.key() + " reads " + registry.table.reads().size() + " units " + registry.table.readUnits());
            registry.table.reads().forEach(r -> System.out.println("   R " + r));
            registry.table.transactions().forEach(t -> {
                System.out.println("   T " + t.committed() + " " + t.units() + " +idx " + t.indexUnits());
                t.lines().forEach(l -> System.out.println("        " + l));
            });
        }
    }
}
