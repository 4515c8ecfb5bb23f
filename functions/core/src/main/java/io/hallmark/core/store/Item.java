package io.hallmark.core.store;

import io.hallmark.core.json.Json;

/**
 * A whole item: its key and its attributes. Attributes named {@code gsi1pk}, {@code gsi1sk}, {@code gsi2pk} and
 * {@code gsi2sk} (strings, both of a pair or none) put the item into a sparse {@link Index}. The names {@code pk} and
 * {@code sk} are taken by the key. At most 400 KB, counted as {@link ItemLimits} says.
 */
public record Item(Key key, Json.Obj attributes) {

    public Item {
        if (attributes.has("pk") || attributes.has("sk")) {
            throw new IllegalArgumentException("the attributes pk and sk belong to the key");
        }
        for (Index index : Index.values()) {
            if (attributes.has(index.pk()) != attributes.has(index.sk())) {
                throw new IllegalArgumentException(
                        "an item has both of " + index.pk() + " and " + index.sk() + " or none");
            }
        }
        int bytes = ItemLimits.bytes(key, attributes);
        if (bytes > Transaction.ITEM_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "the item " + key + " has " + bytes + " bytes; at most " + Transaction.ITEM_BYTES_MAX);
        }
        for (Index index : Index.values()) {
            index.keyOf(attributes);
        }
    }
}
