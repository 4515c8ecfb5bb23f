package io.hallmark.local.blobs;

import io.hallmark.core.failure.RegistryFailure;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The SQLite file behind the object store: one writer at a time, several readers that each see one moment. A commit is
 * on the disk when {@link #write} returns (WAL with {@code synchronous=FULL}, sqlite.org/pragma.html).
 */
final class Database implements AutoCloseable {

    private static final int READERS = 4;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final Connection writer;
    private final ReentrantLock writing = new ReentrantLock();
    private final BlockingQueue<Connection> readers;

    private Database(Connection writer, BlockingQueue<Connection> readers) {
        this.writer = writer;
        this.readers = readers;
    }

    /** Something done with a connection inside a transaction. */
    interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    /** Opens the file, makes it if it is not there, and sees to the tables. */
    static Database open(Path file) {
        try {
            Connection writer = connect(file);
            try (Statement statement = writer.createStatement()) {
                for (String table : Schema.STATEMENTS) {
                    statement.executeUpdate(table);
                }
            }
            BlockingQueue<Connection> readers = new ArrayBlockingQueue<>(READERS);
            for (int i = 0; i < READERS; i++) {
                readers.add(connect(file));
            }
            return new Database(writer, readers);
        } catch (SQLException failure) {
            throw unavailable(failure);
        }
    }

    private static Connection connect(Path file) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file.toAbsolutePath());
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode=WAL");
            statement.execute("PRAGMA synchronous=FULL");
            statement.execute("PRAGMA busy_timeout=10000");
        }
        return connection;
    }

    /** Runs the work in one transaction: all of it is on the disk afterwards, or none. */
    <T> T write(Work<T> work) {
        writing.lock();
        try {
            return within(writer, "BEGIN IMMEDIATE", work);
        } finally {
            writing.unlock();
        }
    }

    /** Runs the work on one consistent view. */
    <T> T read(Work<T> work) {
        Connection reader = take();
        try {
            return within(reader, "BEGIN", work);
        } finally {
            readers.add(reader);
        }
    }

    private static <T> T within(Connection connection, String begin, Work<T> work) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(begin);
            boolean done = false;
            try {
                T result = work.run(connection);
                statement.execute("COMMIT");
                done = true;
                return result;
            } finally {
                if (!done) {
                    statement.execute("ROLLBACK");
                }
            }
        } catch (SQLException failure) {
            throw unavailable(failure);
        }
    }

    private Connection take() {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return readers.take();
                } catch (InterruptedException again) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static RegistryFailure unavailable(SQLException failure) {
        return new RegistryFailure.Unavailable(
                "the index of the object store does not answer: " + failure.getMessage(), RETRY_AFTER, failure);
    }

    /** Waits for running transactions and closes the file. */
    @Override
    public void close() {
        writing.lock();
        try {
            for (int i = 0; i < READERS; i++) {
                take().close();
            }
            writer.close();
        } catch (SQLException failure) {
            throw unavailable(failure);
        } finally {
            writing.unlock();
        }
    }
}
