package io.hallmark.conformance;

import io.hallmark.handlers.json.JsonText;
import io.hallmark.handlers.json.StrictJson;
import io.hallmark.local.blobs.EventQueue;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How long a new execution environment takes to its first S3 event: from the fork of the JVM to the answer, under AWS's
 * runtime interface client, against the S3 door and the stubs of this module. Rounds are interleaved, medians are told,
 * with CPU time and the load of the machine beside them. {@code ColdStart [ROUNDS] [JAVA25]}; see benchmarks/cold-start.
 */
final class ColdStart {

    private static final List<String> C1 = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
    private static final String INTAKE = "io.hallmark.handlers.intake.ArtifactUploadedHandler";
    private static final int OBJECT_BYTES = 64 * 1024;

    private final World world;
    private final Path folder;
    private final Random random = new Random(7);

    private ColdStart(World world, Path folder) {
        this.world = world;
        this.folder = folder;
    }

    /** One configuration. */
    private record Way(String name, String java, List<String> flags, String classPath, String handler) {}

    private record Taken(double wallMs, double cpuMs) {}

    public static void main(String[] given) throws Exception {
        int rounds = given.length > 0 ? Integer.parseInt(given[0]) : 7;
        String java25 = given.length > 1 ? given[1] : "";
        Path folder = Files.createTempDirectory("cold-start");
        try (World world = new World(folder)) {
            new ColdStart(world, folder).run(rounds, java25);
        } finally {
            try (Stream<Path> all = Files.walk(folder)) {
                all.sorted(java.util.Comparator.reverseOrder())
                        .map(Path::toFile)
                        .forEach(File::delete);
            }
        }
    }

    private void run(int rounds, String java25) throws Exception {
        String java17 = FunctionProcess.java();
        String jar = FunctionProcess.jar("intake").toString();
        String tests = FunctionProcess.root().resolve("functions/conformance/target/test-classes") + "";
        String everything = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .filter(entry -> !entry.contains("junit") && !entry.contains("archunit"))
                .collect(Collectors.joining(File.pathSeparator));
        List<Way> ways = new ArrayList<>();
        String plain = PlainHandler.class.getName();
        String echo = EchoHandler.class.getName();
        String streamed = StreamedHandler.class.getName();
        String beside = jar + File.pathSeparator + jarOf(Path.of(tests));
        ways.add(new Way("plain typed handler, default flags, Java 17", java17, List.of(), everything, plain));
        ways.add(new Way("plain typed handler, Lambda's C1, Java 17", java17, C1, everything, plain));
        ways.add(new Way("shipped jar, Lambda's C1, Java 17", java17, C1, jar, INTAKE));
        ways.add(new Way("shipped jar, default flags, Java 17", java17, List.of(), jar, INTAKE));
        try {
            archived(ways, "AppCDS, C1, Java 17", java17, "17", jar, beside, streamed, echo);
        } catch (IOException noArchive) {
            System.out.println("SKIPPED: AppCDS on Java 17, as this JVM could not write it: " + noArchive.getMessage());
        }
        if (!java25.isEmpty()) {
            ways.add(new Way("shipped jar, Lambda's C1, Java 25", java25, C1, jar, INTAKE));
            archived(ways, "AOT cache, C1, Java 25", java25, "25", jar, beside, streamed, echo);
        }
        Map<Way, List<Taken>> taken = new LinkedHashMap<>();
        ways.forEach(way -> taken.put(way, new ArrayList<>()));
        for (int round = 0; round < rounds; round++) {
            for (Way way : ways) {
                taken.get(way).add(once(way));
            }
        }
        tell(taken, rounds);
        for (Way way : ways) {
            if (!way.handler().equals(echo) && !way.handler().equals(streamed)) {
                System.out.printf("classes loaded at the first event  %-45s %6d%n", way.name(), classes(way));
            }
        }
    }

    /** The same door with an archive: as shipped, reading the stream itself, and the floor. */
    private void archived(
            List<Way> ways,
            String how,
            String java,
            String mark,
            String jar,
            String beside,
            String streamed,
            String echo)
            throws Exception {
        ways.add(new Way("shipped jar, " + how, java, with(java, mark + "-jar", jar, INTAKE), jar, INTAKE));
        ways.add(new Way(
                "door that reads the stream, " + how,
                java,
                with(java, mark + "-s", beside, streamed),
                beside,
                streamed));
        ways.add(new Way("echo, " + how, java, with(java, mark + "-e", beside, echo), beside, echo));
    }

    /** Trains an archive by the script of the container image; the flags to use it with. */
    private List<String> with(String java, String mark, String classPath, String handler) throws Exception {
        boolean old = mark.startsWith("17");
        Path archive = folder.resolve(mark + (old ? ".jsa" : ".aot"));
        List<String> command = new ArrayList<>(List.of(
                FunctionProcess.java(),
                FunctionProcess.root()
                        .resolve("functions/packages/container/Train.java")
                        .toString(),
                java,
                archive.toString(),
                FunctionProcess.runtime() + File.pathSeparator + classPath,
                handler,
                FunctionProcess.root()
                        .resolve("events-samples/s3-put-lone.json")
                        .toString()));
        command.addAll(C1);
        Process training = new ProcessBuilder(command).inheritIO().start();
        if (!training.waitFor(5, TimeUnit.MINUTES) || training.exitValue() != 0) {
            throw new IOException("no archive for " + handler);
        }
        List<String> flags = new ArrayList<>(C1);
        flags.add((old ? "-XX:SharedArchiveFile=" : "-XX:AOTCache=") + archive);
        return flags;
    }

    /** Classes as a jar, because archives take no folders. */
    private Path jarOf(Path classes) throws Exception {
        Path jar = folder.resolve("beside.jar");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jar").toString(),
                        "cf",
                        jar.toString(),
                        "-C",
                        classes.toString(),
                        "io")
                .inheritIO()
                .start();
        if (process.waitFor() != 0) {
            throw new IOException("no jar of " + classes);
        }
        return jar;
    }

    private Taken once(Way way) throws IOException, InterruptedException {
        String event = upload();
        try (FunctionProcess function = start(way, way.flags())) {
            RuntimeApi.Answer answer = function.invoke(event);
            if (answer.failed() || answer.body().contains("itemIdentifier")) {
                throw new IOException(way.name() + " failed: " + answer.body() + "\n" + function.said());
            }
            double wall = (answer.nanoTime() - function.startedNanos()) / 1e6;
            return new Taken(wall, cpuMs(function.pid()));
        }
    }

    private long classes(Way way) throws IOException, InterruptedException {
        List<String> flags = new ArrayList<>(way.flags());
        Path log = folder.resolve("classes.log");
        flags.add("-Xlog:class+load=info:file=" + log);
        String event = upload();
        try (FunctionProcess function = start(way, flags)) {
            function.invoke(event);
        }
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.contains(" source: ")).count();
        } finally {
            Files.delete(log);
        }
    }

    private FunctionProcess start(Way way, List<String> flags) throws IOException {
        Path root = Files.createDirectories(folder.resolve("task"));
        return FunctionProcess.start(new FunctionProcess.Start(
                way.java(),
                flags,
                way.classPath(),
                root,
                way.handler(),
                world.environment(),
                folder.resolve("output")));
    }

    /** A new object, and the event that tells of it. */
    private String upload() throws IOException {
        byte[] bytes = new byte[OBJECT_BYTES];
        random.nextBytes(bytes);
        world.put("incoming/cold/" + Long.toHexString(random.nextLong()) + ".bin", bytes);
        List<EventQueue.Message> messages = world.store.queue().receive(10, Duration.ofHours(1));
        world.store.queue().delete(messages);
        String body = messages.get(messages.size() - 1).body();
        // The same bytes through a reader, so that nobody is given white space that another has to skip.
        return JsonText.write(StrictJson.read(body.getBytes(StandardCharsets.UTF_8)));
    }

    /** User and system time of a process so far, from proc(5). */
    private static double cpuMs(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * 10.0;
    }

    private static void tell(Map<Way, List<Taken>> taken, int rounds) throws IOException {
        System.out.printf(
                "%d interleaved rounds, medians; load %s%n%-50s %9s %9s %9s%n",
                rounds,
                Files.readString(Path.of("/proc/loadavg")).strip(),
                "fork to the answer of the first S3 event",
                "wall ms",
                "min ms",
                "CPU ms");
        double plain = 0;
        double plainCpu = 0;
        for (Map.Entry<Way, List<Taken>> each : taken.entrySet()) {
            double wall = median(each.getValue().stream().map(Taken::wallMs).toList());
            double cpu = median(each.getValue().stream().map(Taken::cpuMs).toList());
            double least =
                    each.getValue().stream().mapToDouble(Taken::wallMs).min().orElseThrow();
            plain = plain == 0 ? wall : plain;
            plainCpu = plainCpu == 0 ? cpu : plainCpu;
            System.out.println(String.format(
                    Locale.ROOT,
                    "%-50s %9.0f %9.0f %9.0f   %.2f of the first in wall, %.2f in CPU time",
                    each.getKey().name(),
                    wall,
                    least,
                    cpu,
                    wall / plain,
                    cpu / plainCpu));
        }
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }
}
