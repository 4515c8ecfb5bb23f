import io.hallmark.core.gate.evidence.Examples.Side;
import io.hallmark.core.gate.evidence.Join;
import io.hallmark.core.gate.evidence.PredictionLimits;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;

/** Writes two predictions files of the same ids, or joins them; see {@code predictions-join}. */
final class PredictionsJoin {

    private static final long SEED = 20261123;
    private static final String[] PLANS = {"free", "basic", "team", "enterprise"};

    private PredictionsJoin() {}

    public static void main(String[] args) throws IOException {
        Path candidate = Path.of(args[1], "candidate.csv.gz");
        Path baseline = Path.of(args[1], "baseline.csv.gz");
        if (args[0].equals("write")) {
            int rows = Integer.parseInt(args[2]);
            write(candidate, rows, 1, false);
            write(baseline, rows, 2, args[3].equals("shuffled"));
        } else {
            join(candidate, baseline);
        }
    }

    private static void write(Path file, int rows, int model, boolean shuffled) throws IOException {
        int[] order = new int[rows];
        SplittableRandom random = new SplittableRandom(SEED + model);
        for (int i = 0; i < rows; i++) {
            int other = shuffled ? random.nextInt(i + 1) : i;
            order[i] = order[other];
            order[other] = i;
        }
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file), 1 << 16);
                PrintStream text = new PrintStream(new BufferedOutputStream(out, 1 << 20))) {
            text.print("id,label,score,slice_plan,group_age\n");
            StringBuilder row = new StringBuilder();
            for (int i : order) {
                long id = (i + 1) * 0x9e3779b97f4a7c15L;
                row.setLength(0);
                row.append(Long.toHexString(id)).append(',').append(id >>> 63).append(',').append(random.nextDouble())
                        .append(',').append(PLANS[i & 3]).append(",age-").append(i % 7).append('\n');
                text.append(row);
            }
        }
    }

    private static void join(Path candidate, Path baseline) throws IOException {
        long begin = System.nanoTime();
        Join.Source first = () -> open(candidate);
        Join.Result result = Join.of(first, Map.of(Side.BASELINE, () -> open(baseline)), PredictionLimits.DEFAULT);
        double seconds = (System.nanoTime() - begin) / 1e9;
        if (!(result instanceof Join.Joined joined)) {
            throw new IllegalStateException(result.toString());
        }
        double cpu = ProcessHandle.current().info().totalCpuDuration().orElseThrow().toMillis() / 1e3;
        String status = Files.readString(Path.of("/proc/self/status"));
        String peak = status.replaceAll("(?s).*VmHWM:\\s*(\\d+) kB.*", "$1");
        System.out.printf("%d %.2f %.2f %s%n", joined.examples().size(), seconds, cpu, peak);
    }

    private static InputStream open(Path file) throws IOException {
        return Files.newInputStream(file);
    }
}
