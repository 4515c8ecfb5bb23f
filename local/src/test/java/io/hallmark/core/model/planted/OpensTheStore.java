package io.hallmark.core.model.planted;

import io.hallmark.core.store.Key;

/** Planted: a value opens the store's door. */
public interface OpensTheStore {

    Key key();
}
