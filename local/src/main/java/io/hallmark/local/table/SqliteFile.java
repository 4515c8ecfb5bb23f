package io.hallmark.local.table;

import io.hallmark.core.failure.RegistryFailure;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.sqlite.SQLiteConfig;

/**
 * One SQLite file: one writer at a time, readers beside it. Write-ahead log with {@code synchronous=FULL}: a commit that
 * returned has reached the disk (sqlite.org, "Write-Ahead Logging" and "PRAGMA synchronous").
 */
final class SqliteFile implements AutoCloseable {

    private static final int READERS = 4;
    private static final int SCHEMA = 1;
    private static final Duration WAIT_MAX = Duration.ofSeconds(10);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final Path file;
    private final Connection writer;
    private final ReentrantLock writing = new ReentrantLock(true);
    private final BlockingQueue<Connection> readers = new ArrayBlockingQueue<>(READERS);

    SqliteFile(Path file) {
        this.file = file;
        try {
            this.writer = connect(false);
            createSchema();
            for (int i = 0; i < READERS; i++) {
                readers.add(connect(true));
            }
        } catch (SQLException wrong) {
            throw unavailable(wrong);
        }
    }

    /** Something to do with a connection. */
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /** What the work of a transaction came to, and whether it is to stay. */
    record Done<T>(T answer, boolean commit) {}

    /** Reads what was committed before the call. */
    <T> T read(Work<T> work) {
        try {
            Connection connection = readers.poll(WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS);
            if (connection == null) {
                throw new RegistryFailure.Unavailable("all readers of " + file + " are busy", RETRY_AFTER);
            }
            try {
                return work.on(connection);
            } finally {
                readers.add(connection);
            }
        } catch (SQLException wrong) {
            throw unavailable(wrong);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new RegistryFailure.Unavailable("interrupted while waiting for " + file, RETRY_AFTER, interrupted);
        }
    }

    /** Does this alone, and keeps all of it or nothing. */
    <T> T write(Work<Done<T>> work) {
        writing.lock();
        try {
            execute("BEGIN IMMEDIATE");
            try {
                Done<T> done = work.on(writer);
                execute(done.commit() ? "COMMIT" : "ROLLBACK");
                return done.answer();
            } catch (SQLException | RuntimeException failed) {
                rollBack(failed);
                throw failed;
            }
        } catch (SQLException wrong) {
            throw unavailable(wrong);
        } finally {
            writing.unlock();
        }
    }

    private void rollBack(Exception failed) {
        try {
            execute("ROLLBACK");
        } catch (SQLException alreadyRolledBack) {
            failed.addSuppressed(alreadyRolledBack);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = writer.createStatement()) {
            statement.execute(sql);
        }
    }

    private void createSchema() throws SQLException {
        execute("BEGIN IMMEDIATE");
        int found = schema();
        if (found > SCHEMA) {
            execute("ROLLBACK");
            throw new IllegalStateException(file + " has layout " + found + "; this program knows up to " + SCHEMA);
        }
        execute("CREATE TABLE IF NOT EXISTS items (pk BLOB NOT NULL, sk BLOB NOT NULL, body TEXT NOT NULL,"
                + " gsi1pk BLOB, gsi1sk BLOB, gsi2pk BLOB, gsi2sk BLOB, PRIMARY KEY (pk, sk))");
        execute("CREATE INDEX IF NOT EXISTS gsi1 ON items (gsi1pk, gsi1sk, pk, sk) WHERE gsi1pk IS NOT NULL");
        execute("CREATE INDEX IF NOT EXISTS gsi2 ON items (gsi2pk, gsi2sk, pk, sk) WHERE gsi2pk IS NOT NULL");
        execute("CREATE TABLE IF NOT EXISTS tokens (token TEXT PRIMARY KEY, digest TEXT NOT NULL,"
                + " expires_at INTEGER NOT NULL)");
        execute("CREATE INDEX IF NOT EXISTS tokens_by_expiry ON tokens (expires_at)");
        execute("PRAGMA user_version = " + SCHEMA);
        execute("COMMIT");
    }

    private int schema() throws SQLException {
        try (Statement statement = writer.createStatement();
                ResultSet rows = statement.executeQuery("PRAGMA user_version")) {
            return rows.getInt(1);
        }
    }

    private Connection connect(boolean queryOnly) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout((int) WAIT_MAX.toMillis());
        Connection connection = config.createConnection("jdbc:sqlite:" + file);
        if (queryOnly) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA query_only = ON");
            }
        }
        return connection;
    }

    private RegistryFailure unavailable(SQLException wrong) {
        return new RegistryFailure.Unavailable(
                "the table file " + file + " did not answer: " + wrong.getMessage(), RETRY_AFTER, wrong);
    }

    @Override
    public void close() {
        writing.lock();
        try {
            for (Connection reader : readers) {
                reader.close();
            }
            writer.close();
        } catch (SQLException wrong) {
            throw unavailable(wrong);
        } finally {
            writing.unlock();
        }
    }
}
