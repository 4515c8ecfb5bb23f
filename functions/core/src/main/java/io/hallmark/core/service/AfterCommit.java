package io.hallmark.core.service;

import io.hallmark.core.model.ModelName;

/** Told after a commit that a model has messages in the outbox. Forgetting costs only time: the sweep delivers them too. */
@FunctionalInterface
public interface AfterCommit {

    void committed(ModelName model);

    static AfterCommit nothing() {
        return model -> {};
    }
}
