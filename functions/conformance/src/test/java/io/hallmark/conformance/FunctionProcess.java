package io.hallmark.conformance;

import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import io.hallmark.core.json.Json;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** One execution environment: a child JVM in which AWS's runtime interface client runs a handler from a built jar. */
final class FunctionProcess implements AutoCloseable {

    private static final long ANSWER_MS = 60_000;
    private static final int OUTPUT_LENGTH_MAX = 8_000;
    private static final List<String> RUNTIME = List.of(
            "aws-lambda-java-runtime-interface-client",
            "aws-lambda-java-core",
            "aws-lambda-java-serialization",
            // Which the client needs beside itself, and does not find in a function's class loader.
            "utils-lite");

    private static final String NATIVE_PROPERTY =
            "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";

    private final String handler;
    private final RuntimeApi api;
    private final Process process;
    private final Path output;
    private final long startedNanos;

    private FunctionProcess(String handler, RuntimeApi api, Process process, Path output, long startedNanos) {
        this.handler = handler;
        this.api = api;
        this.process = process;
        this.output = output;
        this.startedNanos = startedNanos;
    }

    /**
     * How to start.
     *
     * @param java the program
     * @param flags of the JVM
     * @param classPath beside the runtime's own jars; empty for a function that lies in {@code taskRoot}
     * @param taskRoot where Lambda unpacks a function
     */
    record Start(
            String java,
            List<String> flags,
            String classPath,
            Path taskRoot,
            String handler,
            Map<String, String> environment,
            Path output) {}

    /**
     * The native part of the runtime client, unpacked once. Left to itself every client writes it to one fixed place, over
     * the file that its neighbours have mapped; that ends them with a bus error.
     */
    private static final class Native {

        private static final Path FILE = unpack();

        private static Path unpack() {
            boolean arm = System.getProperty("os.arch").equals("aarch64");
            boolean musl = Files.exists(Path.of("/lib/ld-musl-" + (arm ? "aarch64" : "x86_64") + ".so.1"));
            String name =
                    "/jni/libaws-lambda-jni.linux" + (musl ? "_musl-" : "-") + (arm ? "aarch_64" : "x86_64") + ".so";
            try (InputStream in = AWSLambda.class.getResourceAsStream(name)) {
                Path file = Files.createTempFile("aws-lambda-jni", ".so");
                file.toFile().deleteOnExit();
                Files.copy(
                        Objects.requireNonNull(in, () -> "the runtime client has no " + name),
                        file,
                        StandardCopyOption.REPLACE_EXISTING);
                return file;
            } catch (IOException cannot) {
                throw new UncheckedIOException(cannot);
            }
        }
    }

    /** The jar of a group, as the build left it. */
    static Path jar(String group) {
        Path jar = root().resolve("functions/packages/" + group + "/target/hallmark-" + group + ".jar");
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException("there is no " + jar + "; build it first: mvn package");
        }
        return jar;
    }

    /** The root of the repository, from the folder of this module or from itself. */
    static Path root() {
        Path here = Path.of("").toAbsolutePath();
        return Files.isDirectory(here.resolve("events-samples"))
                ? here
                : here.resolve("../..").normalize();
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** The jars of AWS's runtime, from the class path of this JVM. */
    static String runtime() {
        List<String> found = new ArrayList<>();
        for (String wanted : RUNTIME) {
            found.add(Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                    .filter(entry -> Path.of(entry).getFileName().toString().startsWith(wanted + "-"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("the class path has no " + wanted)));
        }
        return String.join(File.pathSeparator, found);
    }

    static FunctionProcess start(Start start) throws IOException {
        RuntimeApi api = new RuntimeApi();
        List<String> command = new ArrayList<>(List.of(start.java()));
        command.addAll(start.flags());
        command.add("-D" + NATIVE_PROPERTY + "=" + Native.FILE);
        String classPath = start.classPath().isEmpty() ? runtime() : runtime() + File.pathSeparator + start.classPath();
        command.addAll(List.of(
                "-cp", classPath, "com.amazonaws.services.lambda.runtime.api.client.AWSLambda", start.handler()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(start.taskRoot().toFile())
                .redirectErrorStream(true)
                .redirectOutput(start.output().toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("AWS_") || name.startsWith("JAVA_TOOL"));
        environment.putAll(Map.of(
                "AWS_LAMBDA_RUNTIME_API", api.address(),
                "_HANDLER", start.handler(),
                "LAMBDA_TASK_ROOT", start.taskRoot().toString(),
                "AWS_LAMBDA_FUNCTION_NAME", "conformance",
                "AWS_LAMBDA_FUNCTION_VERSION", "1",
                "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1024",
                "AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/conformance",
                "AWS_LAMBDA_LOG_STREAM_NAME", "2026/11/21/[1]conformance",
                "TZ", ":UTC"));
        environment.putAll(start.environment());
        long before = System.nanoTime();
        return new FunctionProcess(start.handler(), api, builder.start(), start.output(), before);
    }

    /** The answer to one event. What the handler throws is an answer too; a child that died is not. */
    RuntimeApi.Answer invoke(String event) {
        api.offer(event);
        return answer();
    }

    /** The answer to an event that has to have one. */
    Json.Obj answered(String event) {
        RuntimeApi.Answer answer = invoke(event);
        if (answer.failed()) {
            throw new AssertionError(handler + " failed: " + answer.body() + "\n" + said());
        }
        return World.object(answer.body());
    }

    /** The next thing the runtime client says. */
    RuntimeApi.Answer answer() {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ANSWER_MS);
        try {
            while (System.nanoTime() < until) {
                RuntimeApi.Answer answer = api.poll(50);
                if (answer != null && answer.kind().equals("init")) {
                    throw new AssertionError(handler + " did not start: " + answer.body() + "\n" + said());
                }
                if (answer != null) {
                    return answer;
                }
                if (!process.isAlive()) {
                    throw new AssertionError(
                            handler + " died with exit code " + process.exitValue() + "; it said:\n" + said());
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        throw new AssertionError(handler + " did not answer within " + ANSWER_MS + " ms; it said:\n" + said());
    }

    /** What the child has written. */
    String said() {
        try {
            String text = Files.readString(output);
            return text.substring(Math.max(0, text.length() - OUTPUT_LENGTH_MAX));
        } catch (IOException unreadable) {
            return "(unreadable: " + unreadable.getMessage() + ")";
        }
    }

    long startedNanos() {
        return startedNanos;
    }

    long pid() {
        return process.pid();
    }

    /** Asks the child to end, as Lambda does; waits, so that an archive can be written at the exit. */
    void shutDown(long seconds) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        api.close();
    }

    static String names(List<Path> jars) {
        return jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }
}
