package io.hallmark.core.store;

import java.util.List;
import java.util.Optional;

/**
 * Items in order, and the cursor that asks for the next ones.
 *
 * @param next opaque text, empty when there is nothing more; a cursor may lead to an empty last page
 */
public record Page(List<Item> items, Optional<String> next) {

    public Page {
        items = List.copyOf(items);
    }
}
