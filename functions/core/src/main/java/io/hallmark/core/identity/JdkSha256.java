package io.hallmark.core.identity;

import io.hallmark.core.model.Sha256;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.NoSuchProviderException;
import java.util.Optional;

/**
 * The JDK's SHA-256, which the processor does, with its state read and set behind its back. Works where the process was
 * started with {@code --add-opens java.base/java.security=ALL-UNNAMED} and
 * {@code --add-opens java.base/sun.security.provider=ALL-UNNAMED}, on JDKs that keep the state in these fields.
 */
final class JdkSha256 implements Sha256Run {

    private final MessageDigest digest;
    private final Inside inside;
    private final Object core;

    private JdkSha256(MessageDigest digest, Inside inside) throws IllegalAccessException {
        this.digest = digest;
        this.inside = inside;
        this.core = inside.core.get(digest);
    }

    /** Where the JDK keeps the state: the words and the count of bytes are fields of what a digest delegates to. */
    private record Inside(Field core, Field words, Field bytes) {}

    /** How to begin, where this process may look inside the JDK; empty where it may not, or the JDK looks different. */
    static Optional<Start> find() {
        try {
            MessageDigest digest = newDigest();
            Field core = opened(digest.getClass(), "digestSpi");
            Class<?> sha256 = core.get(digest).getClass();
            Inside inside = new Inside(core, opened(sha256, "state"), opened(sha256, "bytesProcessed"));
            return Optional.of((chaining, bytes) -> begin(inside, chaining, bytes));
        } catch (ReflectiveOperationException
                | InaccessibleObjectException
                | NoSuchAlgorithmException
                | NoSuchProviderException closed) {
            return Optional.empty();
        }
    }

    private static MessageDigest newDigest() throws NoSuchAlgorithmException, NoSuchProviderException {
        return MessageDigest.getInstance("SHA-256", "SUN");
    }

    /** A field of this class or of one above it. */
    private static Field opened(Class<?> type, String name) throws NoSuchFieldException {
        for (Class<?> above = type; above != null; above = above.getSuperclass()) {
            for (Field field : above.getDeclaredFields()) {
                if (field.getName().equals(name)) {
                    field.setAccessible(true);
                    return field;
                }
            }
        }
        throw new NoSuchFieldException(name);
    }

    private static JdkSha256 begin(Inside inside, int[] chaining, long bytes) {
        try {
            JdkSha256 run = new JdkSha256(newDigest(), inside);
            int[] words = (int[]) inside.words.get(run.core);
            System.arraycopy(chaining, 0, words, 0, words.length);
            inside.bytes.setLong(run.core, bytes);
            return run;
        } catch (ReflectiveOperationException | NoSuchAlgorithmException | NoSuchProviderException changed) {
            throw new IllegalStateException("the JDK showed its SHA-256 before", changed);
        }
    }

    @Override
    public void update(byte[] bytes, int offset, int length) {
        digest.update(bytes, offset, length);
    }

    @Override
    public int[] chaining() {
        try {
            return ((int[]) inside.words.get(core)).clone();
        } catch (IllegalAccessException changed) {
            throw new IllegalStateException("the JDK showed its SHA-256 before", changed);
        }
    }

    @Override
    public long bytes() {
        try {
            return inside.bytes.getLong(core);
        } catch (IllegalAccessException changed) {
            throw new IllegalStateException("the JDK showed its SHA-256 before", changed);
        }
    }

    @Override
    public Sha256 finish() {
        return Hashing.finish(digest);
    }
}
