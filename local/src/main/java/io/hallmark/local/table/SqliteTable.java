package io.hallmark.local.table;

import io.hallmark.core.json.ExactJson;
import io.hallmark.core.json.Json;
import io.hallmark.core.store.Index;
import io.hallmark.core.store.Item;
import io.hallmark.core.store.Key;
import io.hallmark.core.store.Outcome;
import io.hallmark.core.store.Page;
import io.hallmark.core.store.Query;
import io.hallmark.core.store.Table;
import io.hallmark.core.store.Transaction;
import io.hallmark.core.store.TransactionDigest;
import io.hallmark.core.store.Write;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The table in one SQLite file. What {@code transact} acknowledged survives the end of the process, however it came. */
public final class SqliteTable implements Table, AutoCloseable {

    private static final String PUT = "INSERT OR REPLACE INTO items VALUES (?, ?, ?, ?, ?, ?, ?)";
    private static final String DELETE = "DELETE FROM items WHERE pk = ? AND sk = ?";
    private static final String EXPIRE = "DELETE FROM tokens WHERE expires_at <= ?";
    private static final String FIND_TOKEN = "SELECT digest FROM tokens WHERE token = ?";
    private static final String KEEP_TOKEN = "INSERT INTO tokens VALUES (?, ?, ?)";

    private final SqliteFile file;
    private final InstantSource clock;

    /** Opens the file, and creates it in an existing folder if it is not there. */
    public SqliteTable(Path file, InstantSource clock) {
        this.file = new SqliteFile(file);
        this.clock = clock;
    }

    @Override
    public Optional<Item> get(Key key) {
        return file.read(connection -> SqliteQuery.find(connection, key));
    }

    @Override
    public Page query(Query query) {
        return file.read(new SqliteQuery(query, Optional.empty())::page);
    }

    @Override
    public Page queryIndex(Index index, Query query) {
        return file.read(new SqliteQuery(query, Optional.of(index))::page);
    }

    @Override
    public Outcome transact(Transaction transaction) {
        String digest = TransactionDigest.of(transaction.writes()).hex();
        return file.write(connection -> {
            expireTokens(connection);
            Optional<String> before = findToken(connection, transaction.token());
            if (before.isPresent() && !before.get().equals(digest)) {
                throw new IllegalArgumentException("the token " + transaction.token() + " was used with other writes");
            }
            if (before.isPresent()) {
                return new SqliteFile.Done<>(new Outcome.Committed(), false);
            }
            List<Optional<Outcome.Refusal>> refusals = refusals(connection, transaction);
            if (refusals.stream().anyMatch(Optional::isPresent)) {
                return new SqliteFile.Done<>(new Outcome.Refused(refusals), false);
            }
            for (Write write : transaction.writes()) {
                apply(connection, write);
            }
            keepToken(connection, transaction.token(), digest);
            return new SqliteFile.Done<>(new Outcome.Committed(), true);
        });
    }

    private static List<Optional<Outcome.Refusal>> refusals(Connection connection, Transaction transaction)
            throws SQLException {
        List<Optional<Outcome.Refusal>> refusals = new ArrayList<>();
        for (Write write : transaction.writes()) {
            if (write.conditions().isEmpty()) {
                refusals.add(Optional.empty());
                continue;
            }
            Optional<Item> found = SqliteQuery.find(connection, write.key());
            Optional<Json.Obj> attributes = found.map(Item::attributes);
            boolean holds = write.conditions().stream().allMatch(condition -> condition.holds(attributes));
            refusals.add(holds ? Optional.empty() : Optional.of(new Outcome.Refusal(write.key(), found)));
        }
        return refusals;
    }

    private static void apply(Connection connection, Write write) throws SQLException {
        String sql = write.match(new Write.Cases<>() {
            @Override
            public String put(Write.Put put) {
                return PUT;
            }

            @Override
            public String delete(Write.Delete delete) {
                return DELETE;
            }

            @Override
            public String check(Write.Check check) {
                return "";
            }
        });
        if (sql.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setBytes(1, SqliteQuery.bytes(write.key().pk()));
            statement.setBytes(2, SqliteQuery.bytes(write.key().sk()));
            if (write instanceof Write.Put put) {
                bind(statement, put.item().attributes());
            }
            statement.executeUpdate();
        }
    }

    private static void bind(PreparedStatement statement, Json.Obj attributes) throws SQLException {
        statement.setString(3, ExactJson.write(attributes));
        int column = 4;
        for (Index index : Index.values()) {
            Optional<Key> key = index.keyOf(attributes);
            bind(statement, column++, key.map(Key::pk));
            bind(statement, column++, key.map(Key::sk));
        }
    }

    private static void bind(PreparedStatement statement, int column, Optional<String> text) throws SQLException {
        if (text.isPresent()) {
            statement.setBytes(column, SqliteQuery.bytes(text.get()));
        } else {
            statement.setNull(column, java.sql.Types.BLOB);
        }
    }

    private void expireTokens(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(EXPIRE)) {
            statement.setLong(1, clock.millis());
            statement.executeUpdate();
        }
    }

    private static Optional<String> findToken(Connection connection, String token) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FIND_TOKEN)) {
            statement.setString(1, token);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
            }
        }
    }

    private void keepToken(Connection connection, String token, String digest) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(KEEP_TOKEN)) {
            statement.setString(1, token);
            statement.setString(2, digest);
            statement.setLong(3, clock.millis() + Transaction.TOKEN_LIFE.toMillis());
            statement.executeUpdate();
        }
    }

    @Override
    public void close() {
        file.close();
    }
}
