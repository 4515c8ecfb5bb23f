package io.hallmark.core.store;

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
}
