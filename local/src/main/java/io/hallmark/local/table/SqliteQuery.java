package io.hallmark.local.table;

import io.hallmark.core.store.Cursor;
import io.hallmark.core.store.Index;
import io.hallmark.core.store.Item;
import io.hallmark.core.store.Key;
import io.hallmark.core.store.Page;
import io.hallmark.core.store.Query;
import io.hallmark.handlers.json.StoredJson;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A query in SQL. Keys are blobs, so that they compare as DynamoDB compares them, byte by byte. */
final class SqliteQuery {

    private static final String COLUMNS = "SELECT pk, sk, body FROM items WHERE ";

    private final Query query;
    private final Optional<Index> index;
    private final String pk;
    private final String sk;
    private final StringBuilder sql = new StringBuilder(COLUMNS);
    private final List<byte[]> values = new ArrayList<>();

    SqliteQuery(Query query, Optional<Index> index) {
        this.query = query;
        this.index = index;
        this.pk = index.map(Index::pk).orElse("pk");
        this.sk = index.map(Index::sk).orElse("sk");
        where();
    }

    Page page(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql.toString())) {
            for (int i = 0; i < values.size(); i++) {
                statement.setBytes(i + 1, values.get(i));
            }
            List<Item> found = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(item(rows));
                }
            }
            List<Item> page = found.subList(0, Math.min(query.limit(), found.size()));
            Optional<String> next = found.size() <= query.limit()
                    ? Optional.empty()
                    : Optional.of(cursor(page.get(page.size() - 1)).encode(query, index));
            return new Page(page, next);
        }
    }

    static Optional<Item> find(Connection connection, Key key) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(COLUMNS + "pk = ? AND sk = ?")) {
            statement.setBytes(1, bytes(key.pk()));
            statement.setBytes(2, bytes(key.sk()));
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(item(rows)) : Optional.empty();
            }
        }
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void where() {
        String order = query.forward() ? "" : " DESC";
        and(pk + " = ?", query.pk());
        query.range().match(new Query.Range.Cases<SqliteQuery>() {
            @Override
            public SqliteQuery all(Query.Range.All range) {
                return SqliteQuery.this;
            }

            @Override
            public SqliteQuery prefix(Query.Range.Prefix range) {
                and(" AND " + sk + " >= ?", range.prefix());
                sql.append(" AND ").append(sk).append(" < ?");
                values.add(behind(range.prefix()));
                return SqliteQuery.this;
            }

            @Override
            public SqliteQuery between(Query.Range.Between range) {
                and(" AND " + sk + " >= ?", range.first());
                return and(" AND " + sk + " <= ?", range.last());
            }
        });
        Cursor.decode(query, index)
                .ifPresent(last -> and(
                        " AND (" + sk + ", pk, sk) " + (query.forward() ? ">" : "<") + " (?, ?, ?)",
                        last.sk(),
                        last.item().pk(),
                        last.item().sk()));
        sql.append(" ORDER BY " + sk + order + ", pk" + order + ", sk" + order);
        sql.append(" LIMIT ").append(query.limit() + 1);
    }

    private SqliteQuery and(String clause, String... texts) {
        sql.append(clause);
        for (String text : texts) {
            values.add(bytes(text));
        }
        return this;
    }

    /** The first bytes that come after everything with this prefix; no byte of UTF-8 is 0xFF, so the last can grow. */
    private static byte[] behind(String prefix) {
        byte[] bytes = bytes(prefix);
        bytes[bytes.length - 1]++;
        return bytes;
    }

    private Cursor cursor(Item last) {
        String place = index.flatMap(present -> present.keyOf(last.attributes()))
                .orElse(last.key())
                .sk();
        return new Cursor(place, last.key());
    }

    private static Item item(ResultSet rows) throws SQLException {
        Key key = new Key(text(rows.getBytes(1)), text(rows.getBytes(2)));
        return new Item(key, StoredJson.readObject(rows.getString(3)));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
