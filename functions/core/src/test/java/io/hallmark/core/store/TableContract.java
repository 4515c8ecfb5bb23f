package io.hallmark.core.store;

import org.junit.jupiter.api.BeforeEach;

/** The promise of {@link Table}. An adapter's test extends this and says how to open an empty table. */
public abstract class TableContract
        implements TableTransactionContract,
                TableConditionContract,
                TableTokenContract,
                TableValueContract,
                TableLimitContract,
                TableQueryContract,
                TablePageContract,
                TableIndexContract,
                TableContentionContract {

    private Table table;

    /** A table that holds nothing. */
    protected abstract Table open();

    @BeforeEach
    void openTable() {
        table = open();
    }

    @Override
    public Table table() {
        return table;
    }
}
