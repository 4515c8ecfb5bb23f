package io.hallmark.handlers.wiring;

import io.hallmark.handlers.telemetry.log.JsonLogs;
import java.time.InstantSource;

/**
 * The logging system of the functions on AWS: lines on standard output, which Lambda hands to CloudWatch. Chosen by
 * {@code META-INF/services/org.slf4j.spi.SLF4JServiceProvider} in a function's jar, or by {@code -Dslf4j.provider}.
 */
public final class StandardOutputLogs extends JsonLogs {

    public StandardOutputLogs() {
        super(InstantSource.system(), line -> System.out.println(line));
    }
}
