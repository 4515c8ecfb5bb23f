package io.hallmark.core.memory;

import static io.hallmark.core.store.TableFixture.item;
import static io.hallmark.core.store.TableFixture.store;
import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.core.json.Json;
import io.hallmark.core.store.Index;
import io.hallmark.core.store.Key;
import io.hallmark.core.store.Query;
import io.hallmark.core.store.Table;
import io.hallmark.core.store.TimedTableContract;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class MemoryTableTest extends TimedTableContract {

    private static final Query QUERY = Query.all("g", 10);

    @Override
    protected Table open(InstantSource clock) {
        return new MemoryTable(clock);
    }

    @Test
    void anIndexIsBehindByTheSameNumberOfOperationsEveryTime() {
        MemoryTable table = new MemoryTable();
        store(table, item("p", "s", indexed()));

        assertThat(table.queryIndex(Index.GSI1, QUERY).items()).isEmpty();
        assertThat(table.get(new Key("p", "s"))).isPresent();
        assertThat(table.queryIndex(Index.GSI1, QUERY).items()).hasSize(1);
    }

    @Test
    void anIndexCatchesUpWhenTold() {
        MemoryTable table = new MemoryTable();
        store(table, item("p", "s", indexed()));

        table.catchUp();

        assertThat(table.queryIndex(Index.GSI1, QUERY).items()).hasSize(1);
    }

    private static Json.Obj indexed() {
        return Json.object().with("gsi1pk", "g").with("gsi1sk", "1");
    }
}
