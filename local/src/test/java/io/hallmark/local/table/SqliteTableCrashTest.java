package io.hallmark.local.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.core.store.Page;
import io.hallmark.core.store.Query;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The end of the process at any moment loses nothing that was acknowledged and leaves nothing half done. */
class SqliteTableCrashTest {

    private static final int KILLS = 10;
    private static final int RUN_MS_MAX = 250;

    @TempDir
    private Path folder;

    @Test
    @Timeout(180)
    void killingTheProcessLosesNoAcknowledgedWriteAndTearsNoTransaction() throws Exception {
        long seed = Optional.ofNullable(Long.getLong("seed")).orElseGet(System::nanoTime);
        System.out.println("SqliteTableCrashTest seed " + seed + " (-Dseed=" + seed + " repeats the moments)");
        Random random = new Random(seed);
        long[] acknowledged = new long[KilledWriter.THREADS];
        for (int kill = 0; kill < KILLS; kill++) {
            runAndKill(random.nextInt(RUN_MS_MAX), acknowledged);

            assertWhole(acknowledged);
        }
        assertThat(acknowledged).doesNotContain(0);
    }

    /** Runs the writer until a while after its first acknowledgement; notes the last one of each of its threads. */
    private void runAndKill(int runMs, long[] acknowledged) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Dorg.sqlite.tmpdir=" + folder,
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledWriter.class.getName(),
                        file().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String first = lines.readLine();
            assertThat(first).as("the first acknowledgement").isNotNull();
            note(first, acknowledged);
            TimeUnit.MILLISECONDS.sleep(runMs);
            // By its handle: Process.destroyForcibly would also close the pipe, and with it the last acknowledgements.
            process.toHandle().destroyForcibly();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                note(line, acknowledged);
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    /** A last line without its end was cut off by the kill: the number in it may be cut too, and is no more than it was. */
    private static void note(String line, long[] acknowledged) {
        int space = line.indexOf(' ');
        if (space > 0 && space + 1 < line.length()) {
            int writer = Integer.parseInt(line.substring(0, space));
            acknowledged[writer] = Math.max(acknowledged[writer], Long.parseLong(line.substring(space + 1)));
        }
    }

    private void assertWhole(long[] acknowledged) {
        try (SqliteTable table = new SqliteTable(file(), InstantSource.system())) {
            for (int writer = 0; writer < KilledWriter.THREADS; writer++) {
                long value = KilledWriter.value(table, KilledWriter.counter(writer));
                assertThat(value).as("acknowledged writes").isGreaterThanOrEqualTo(acknowledged[writer]);
                assertThat(KilledWriter.value(table, KilledWriter.padding(writer)))
                        .as("the large item of the same transaction")
                        .isEqualTo(value);
                assertThat(countMarks(table, writer))
                        .as("marks of the same transactions")
                        .isEqualTo(value);
            }
        }
    }

    private static long countMarks(SqliteTable table, int writer) {
        long count = 0;
        Optional<String> cursor = Optional.empty();
        do {
            Page page = table.query(
                    Query.all(KilledWriter.marks(writer), Query.LIMIT_MAX).after(cursor));
            count += page.items().size();
            cursor = page.next();
        } while (cursor.isPresent());
        return count;
    }

    private Path file() {
        return folder.resolve("registry.db");
    }
}
