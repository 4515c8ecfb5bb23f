package io.hallmark.core.store;

import io.hallmark.core.json.Json;
import java.util.Optional;

/** The two sparse secondary indexes. An index read may lag behind the writes it follows. */
public enum Index {
    GSI1("gsi1pk", "gsi1sk"),
    GSI2("gsi2pk", "gsi2sk");

    private final String pk;
    private final String sk;

    Index(String pk, String sk) {
        this.pk = pk;
        this.sk = sk;
    }

    /** The attribute that holds the partition key of this index. */
    public String pk() {
        return pk;
    }

    /** The attribute that holds the sort key of this index. */
    public String sk() {
        return sk;
    }

    /**
     * The place of an item in this index, empty if it has none.
     *
     * @throws IllegalArgumentException if what stands there is no key: both are strings, of the sizes of a {@link Key}
     */
    public Optional<Key> keyOf(Json.Obj attributes) {
        return attributes.has(pk) ? Optional.of(new Key(text(attributes, pk), text(attributes, sk))) : Optional.empty();
    }

    private static String text(Json.Obj attributes, String name) {
        return attributes
                .findText(name)
                .orElseThrow(() -> new IllegalArgumentException("the index key " + name + " is not a string"));
    }
}
