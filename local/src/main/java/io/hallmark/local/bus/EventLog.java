package io.hallmark.local.bus;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.json.Json;
import io.hallmark.core.service.query.EventFeed;
import io.hallmark.core.store.Bus;
import io.hallmark.handlers.json.JsonText;
import io.hallmark.handlers.json.StoredJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The bus as a file of lines, one event each. When {@code publish} returns, the line is on the disk. A line that a kill
 * cut in two is removed at the next start; its event is published again, because its outbox message is still there.
 */
public final class EventLog implements Bus, EventFeed, AutoCloseable {

    private static final int CHUNK_BYTES = 64 * 1024;
    private static final int LINE_BYTES_MAX = 1024 * 1024;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final Path file;
    private final FileChannel channel;

    private EventLog(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Opens the file, and makes it if it is not there. */
    public static EventLog open(Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        channel.truncate(endOfLastLine(channel));
        channel.position(channel.size());
        return new EventLog(file, channel);
    }

    private static long endOfLastLine(FileChannel channel) throws IOException {
        for (long end = channel.size(); end > 0; ) {
            long start = Math.max(0, end - CHUNK_BYTES);
            byte[] chunk = read(channel, start, (int) (end - start));
            for (int i = chunk.length - 1; i >= 0; i--) {
                if (chunk[i] == '\n') {
                    return start + i + 1;
                }
            }
            end = start;
        }
        return 0;
    }

    @Override
    public synchronized void publish(DomainEvent event) {
        Json.Obj line = Json.object()
                .with("id", event.id())
                .with("type", event.type())
                .with("subject", event.subject())
                .with("at", event.at().toString())
                .with("detail", event.detail());
        ByteBuffer bytes = ByteBuffer.wrap((JsonText.write(line) + "\n").getBytes(StandardCharsets.UTF_8));
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(false);
        } catch (IOException failure) {
            throw unavailable(failure);
        }
    }

    /** A place is how many bytes come before it. */
    @Override
    public Slice after(String place, int limit) {
        long from = position(place);
        List<DomainEvent> events = new ArrayList<>();
        try {
            long end = from;
            ByteArrayOutputStream rest = new ByteArrayOutputStream();
            while (events.size() < limit && end + rest.size() < channel.size() && rest.size() <= LINE_BYTES_MAX) {
                rest.writeBytes(read(channel, end + rest.size(), CHUNK_BYTES));
                byte[] bytes = rest.toByteArray();
                int start = 0;
                for (int i = 0; i < bytes.length && events.size() < limit; i++) {
                    if (bytes[i] == '\n') {
                        events.add(event(java.util.Arrays.copyOfRange(bytes, start, i)));
                        start = i + 1;
                    }
                }
                end += start;
                rest.reset();
                rest.write(bytes, start, bytes.length - start);
            }
            return new Slice(events, Long.toString(end));
        } catch (IOException failure) {
            throw unavailable(failure);
        }
    }

    private long position(String place) {
        try {
            long from = place.isEmpty() ? 0 : Long.parseLong(place);
            boolean inside = from > 0 && from <= channel.size();
            boolean atLine = from == 0 || (inside && read(channel, from - 1, 1)[0] == '\n');
            if (!atLine) {
                throw new RegistryFailure.Malformed("PAGE_TOKEN", "there is no place " + place + " among the events");
            }
            return from;
        } catch (NumberFormatException foreign) {
            throw new RegistryFailure.Malformed("PAGE_TOKEN", "there is no such place among the events");
        } catch (IOException failure) {
            throw unavailable(failure);
        }
    }

    private static byte[] read(FileChannel channel, long position, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(length, channel.size() - position));
        int read = 0;
        while (read >= 0 && bytes.hasRemaining()) {
            read = channel.read(bytes, position + bytes.position());
        }
        return bytes.array();
    }

    private static DomainEvent event(byte[] line) {
        Json.Obj json = StoredJson.readObject(new String(line, StandardCharsets.UTF_8));
        return new DomainEvent(
                json.text("id"),
                json.text("type"),
                json.text("subject"),
                Instant.parse(json.text("at")),
                json.object("detail"));
    }

    private RegistryFailure unavailable(IOException failure) {
        return new RegistryFailure.Unavailable(
                "the event log " + file.getFileName() + " does not answer: " + failure.getMessage(),
                RETRY_AFTER,
                failure);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
