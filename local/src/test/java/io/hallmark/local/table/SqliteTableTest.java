package io.hallmark.local.table;

import static io.hallmark.core.store.TableFixture.item;
import static io.hallmark.core.store.TableFixture.read;
import static io.hallmark.core.store.TableFixture.store;
import static io.hallmark.core.store.TableFixture.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.hallmark.core.store.Key;
import io.hallmark.core.store.MovableClock;
import io.hallmark.core.store.Table;
import io.hallmark.core.store.TimedTableContract;
import io.hallmark.core.store.Transaction;
import io.hallmark.core.store.Write;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteTableTest extends TimedTableContract {

    @TempDir
    private Path folder;

    private final List<SqliteTable> opened = new ArrayList<>();

    @Override
    protected Table open(InstantSource clock) {
        SqliteTable table = new SqliteTable(folder.resolve("registry.db"), clock);
        opened.add(table);
        return table;
    }

    @AfterEach
    void closeAll() {
        opened.forEach(SqliteTable::close);
    }

    @Test
    void itemsAndTokensOutliveTheTable() {
        MovableClock clock = new MovableClock();
        Path file = folder.resolve("kept.db");
        Transaction transaction = new Transaction("token", List.of(Write.put(item("p", "s", value(1)))));
        try (SqliteTable table = new SqliteTable(file, clock)) {
            table.transact(transaction);
            store(table, item("p", "s", value(2)));
        }

        try (SqliteTable table = new SqliteTable(file, clock)) {
            assertThat(table.transact(transaction).committed()).isTrue();
            assertThat(read(table, new Key("p", "s"))).isEqualTo(value(2));
            Transaction other = new Transaction("token", List.of(Write.delete(new Key("p", "s"))));
            assertThatIllegalArgumentException().isThrownBy(() -> table.transact(other));
        }
    }

    @Test
    void twoTablesOnOneFileSeeEachOther() {
        Table other = open(new MovableClock());

        store(table(), item("p", "s", value(1)));

        assertThat(read(other, new Key("p", "s"))).isEqualTo(value(1));
        store(other, item("p", "s", value(2)));
        assertThat(read(table(), new Key("p", "s"))).isEqualTo(value(2));
    }

    @Test
    void commitsReachTheDisk() throws Exception {
        try (SqliteFile file = new SqliteFile(folder.resolve("pragmas.db"))) {
            file.write(connection -> {
                assertThat(pragma(connection, "journal_mode")).isEqualTo("wal");
                assertThat(pragma(connection, "synchronous")).isEqualTo("2");
                return new SqliteFile.Done<>(true, false);
            });
        }
    }

    @Test
    void aFileOfALaterProgramIsLeftAlone() throws Exception {
        Path file = folder.resolve("later.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA user_version = 2");
        }

        assertThatIllegalStateException()
                .isThrownBy(() -> new SqliteTable(file, new MovableClock()))
                .withMessageContaining("has layout 2; this program knows up to 1");
    }

    @Test
    void queriesUseTheIndexes() {
        String plan = plan("SELECT pk, sk, body FROM items WHERE gsi1pk = x'00' AND gsi1sk >= x'00'"
                + " AND (gsi1sk, pk, sk) > (x'00', x'00', x'00') ORDER BY gsi1sk, pk, sk LIMIT 3");

        assertThat(plan).contains("USING INDEX gsi1").doesNotContain("TEMP B-TREE");
        assertThat(plan("SELECT pk, sk, body FROM items WHERE pk = x'00' AND sk >= x'00'"
                        + " ORDER BY sk DESC, pk DESC, sk DESC LIMIT 3"))
                .contains("USING INDEX sqlite_autoindex_items_1")
                .doesNotContain("TEMP B-TREE");
    }

    private String plan(String sql) {
        try (SqliteFile file = new SqliteFile(folder.resolve("plan.db"))) {
            return file.read(connection -> {
                try (Statement statement = connection.createStatement();
                        ResultSet rows = statement.executeQuery("EXPLAIN QUERY PLAN " + sql)) {
                    StringBuilder plan = new StringBuilder();
                    while (rows.next()) {
                        plan.append(rows.getString("detail")).append('\n');
                    }
                    return plan.toString();
                }
            });
        }
    }

    private static String pragma(Connection connection, String name) throws java.sql.SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("PRAGMA " + name)) {
            return rows.getString(1);
        }
    }
}
