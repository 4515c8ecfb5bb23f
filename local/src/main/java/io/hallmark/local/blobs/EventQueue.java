package io.hallmark.local.blobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A durable queue with the promises of SQS: a message is handed out at least once, is hidden while somebody works on
 * it, comes back when he fails, and ends among the dead letters after too many receives. Messages stand in the same
 * file as the objects they speak of, so that a write and its message are one commit.
 */
public final class EventQueue {

    private final Database database;
    private final InstantSource clock;
    private final int receivesMax;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final AtomicLong signals = new AtomicLong();

    EventQueue(Database database, InstantSource clock, int receivesMax) {
        this.database = database;
        this.clock = clock;
        this.receivesMax = receivesMax;
    }

    /**
     * A message in somebody's hands.
     *
     * @param receives how often it was handed out, this time included
     */
    public record Message(long id, String messageId, String body, int receives, Instant sent, Instant firstReceived) {}

    /** A message that was handed out too often. It stays until somebody looks. */
    public record DeadLetter(long id, String messageId, String body, int receives, Instant sent, Instant died) {}

    /** Adds a message as part of a running transaction; {@link #signal} after the commit wakes the receivers. */
    void send(Connection connection, String messageId, String body) throws SQLException {
        long now = clock.millis();
        Sql.update(
                connection,
                "INSERT INTO message VALUES (?, ?, ?, ?, ?, 0, 0)",
                Sql.next(connection, "message"),
                messageId,
                body,
                now,
                now);
    }

    /** Adds a message of its own: what the sweep does for an object whose message was lost. */
    public void send(String messageId, String body) {
        database.write(connection -> {
            send(connection, messageId, body);
            return true;
        });
        signal();
    }

    void signal() {
        lock.lock();
        try {
            signals.incrementAndGet();
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** A process that starts holds no message, whatever the one before it held: all are visible at once. */
    void recover() {
        database.write(connection -> Sql.update(connection, "UPDATE message SET visible = 0 WHERE receives > 0"));
    }

    /** Up to {@code limit} visible messages, oldest first; they are hidden for {@code visibility}. */
    public List<Message> receive(int limit, Duration visibility) {
        long now = clock.millis();
        boolean any = database.read(connection ->
                        Sql.first(connection, row -> true, "SELECT 1 FROM message WHERE visible <= ? LIMIT 1", now))
                .isPresent();
        return any ? database.write(connection -> take(connection, limit, now, visibility)) : List.of();
    }

    private List<Message> take(Connection connection, int limit, long now, Duration visibility) throws SQLException {
        List<Message> visible = Sql.list(
                connection,
                row -> new Message(
                        row.getLong("id"),
                        row.getString("message_id"),
                        row.getString("body"),
                        row.getInt("receives") + 1,
                        Instant.ofEpochMilli(row.getLong("sent")),
                        Instant.ofEpochMilli(row.getInt("receives") == 0 ? now : row.getLong("first_received"))),
                "SELECT * FROM message WHERE visible <= ? ORDER BY id LIMIT ?",
                now,
                limit);
        List<Message> taken = new ArrayList<>();
        for (Message message : visible) {
            if (message.receives() > receivesMax) {
                bury(connection, message.id(), now);
            } else {
                Sql.update(
                        connection,
                        "UPDATE message SET visible = ?, receives = ?, first_received = ? WHERE id = ?",
                        now + visibility.toMillis(),
                        message.receives(),
                        message.firstReceived().toEpochMilli(),
                        message.id());
                taken.add(message);
            }
        }
        return taken;
    }

    /** The work on these messages is done: they are gone for good. */
    public void delete(List<Message> messages) {
        database.write(connection -> {
            for (Message message : messages) {
                Sql.update(connection, "DELETE FROM message WHERE id = ?", message.id());
            }
            return true;
        });
    }

    /** The work on this message failed: it comes back after the delay, or is buried if that was its last receive. */
    public void fail(Message message, Duration delay) {
        long now = clock.millis();
        database.write(connection -> {
            if (message.receives() >= receivesMax) {
                bury(connection, message.id(), now);
            } else {
                Sql.update(
                        connection,
                        "UPDATE message SET visible = ? WHERE id = ?",
                        now + delay.toMillis(),
                        message.id());
            }
            return true;
        });
    }

    private static void bury(Connection connection, long id, long now) throws SQLException {
        Sql.update(
                connection,
                "INSERT OR IGNORE INTO dead_letter SELECT id, message_id, body, sent, receives, ? FROM message"
                        + " WHERE id = ?",
                now,
                id);
        Sql.update(connection, "DELETE FROM message WHERE id = ?", id);
    }

    /** How many messages are not done: waiting, or in somebody's hands. 0 is quiet. */
    public long waiting() {
        return count("SELECT COUNT(*) FROM message");
    }

    /** How many dead letters there are. */
    public long dead() {
        return count("SELECT COUNT(*) FROM dead_letter");
    }

    /** The oldest dead letters. */
    public List<DeadLetter> deadLetters(int limit) {
        return database.read(connection -> Sql.list(
                connection,
                row -> new DeadLetter(
                        row.getLong("id"),
                        row.getString("message_id"),
                        row.getString("body"),
                        row.getInt("receives"),
                        Instant.ofEpochMilli(row.getLong("sent")),
                        Instant.ofEpochMilli(row.getLong("died"))),
                "SELECT * FROM dead_letter ORDER BY id LIMIT ?",
                limit));
    }

    /** Puts a dead letter back into the queue as a new message; false if it is not there. */
    public boolean redrive(long id) {
        long now = clock.millis();
        boolean moved = database.write(connection -> {
            int inserted = Sql.update(
                    connection,
                    "INSERT INTO message SELECT id, message_id, body, sent, ?, 0, 0 FROM dead_letter WHERE id = ?",
                    now,
                    id);
            Sql.update(connection, "DELETE FROM dead_letter WHERE id = ?", id);
            return inserted == 1;
        });
        signal();
        return moved;
    }

    /** How often messages arrived so far; to be taken before a look at the queue, and handed to {@link #await}. */
    long signals() {
        return signals.get();
    }

    /** Waits until messages have arrived since {@code seen}, or until the time is over. May return early. */
    void await(long seen, Duration time) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = time.toNanos();
            while (signals.get() == seen && left > 0) {
                left = arrived.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private long count(String sql) {
        return database.read(connection -> Sql.first(connection, row -> row.getLong(1), sql))
                .orElse(0L);
    }
}
