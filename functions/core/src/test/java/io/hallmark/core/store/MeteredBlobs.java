package io.hallmark.core.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicLong;

/** Counts requests to an object store as S3 bills them: those that write or list, and those that read. */
public final class MeteredBlobs {

    private final AtomicLong puts = new AtomicLong();
    private final AtomicLong gets = new AtomicLong();
    private final Blobs counted;

    public MeteredBlobs(Blobs blobs) {
        this.counted = (Blobs) Proxy.newProxyInstance(
                Blobs.class.getClassLoader(), new Class<?>[] {Blobs.class}, (self, method, arguments) -> {
                    String name = method.getName();
                    if (name.equals("put") || name.startsWith("list")) {
                        puts.incrementAndGet();
                    } else if (!name.startsWith("presign")) {
                        gets.incrementAndGet();
                    }
                    try {
                        return method.invoke(blobs, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }

    /** The store, with every call of it counted. */
    public Blobs counted() {
        return counted;
    }

    /** PUT, COPY, POST and LIST requests. */
    public long puts() {
        return puts.get();
    }

    /** GET, HEAD and all others. */
    public long gets() {
        return gets.get();
    }

    /** Begins to count anew. */
    public void reset() {
        puts.set(0);
        gets.set(0);
    }
}
