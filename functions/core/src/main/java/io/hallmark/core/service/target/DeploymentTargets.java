package io.hallmark.core.service.target;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.model.TargetName;
import io.hallmark.core.store.Keys;
import io.hallmark.core.store.Table;
import java.util.Map;

/** The adapters by kind, and which one a target has. */
public final class DeploymentTargets {

    /** The kind whose route is a document that instances fetch. */
    public static final String ROUTE_DOCUMENT = "route-document";

    private final Table table;
    private final Map<String, DeploymentTarget> byKind;

    public DeploymentTargets(Table table, Map<String, DeploymentTarget> byKind) {
        this.table = table;
        this.byKind = Map.copyOf(byKind);
    }

    public DeploymentTarget of(TargetName target) {
        String kind = table.get(Keys.target(target))
                .orElseThrow(() -> new RegistryFailure.NotFound("target", target.value()))
                .attributes()
                .text("kind");
        DeploymentTarget adapter = byKind.get(kind);
        if (adapter == null) {
            throw new IllegalStateException("no adapter for targets of kind " + kind);
        }
        return adapter;
    }
}
