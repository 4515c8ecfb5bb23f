package io.hallmark.handlers.wiring.log;

import java.time.InstantSource;
import java.util.Locale;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.event.Level;
import org.slf4j.helpers.BasicMDCAdapter;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * SLF4J for functions: a line of JSON per event, as Lambda's log format JSON takes it over unchanged. A page of code in
 * place of a logging framework, whose start costs a function more than its work does. The level is Lambda's own variable
 * ({@code AWS_LAMBDA_LOG_LEVEL}), {@code INFO} without it.
 */
public final class LineLogging implements SLF4JServiceProvider {

    private static final String API_VERSION = "2.0.99";

    private final MDCAdapter mdc = new BasicMDCAdapter();
    private final IMarkerFactory markers = new BasicMarkerFactory();
    private final ILoggerFactory loggers = new LineLoggers(
            new Lines(InstantSource.system(), System.out, mdc), level(System.getenv("AWS_LAMBDA_LOG_LEVEL")));

    /** The level of this name; Lambda's FATAL is our ERROR. */
    static Level level(@org.jspecify.annotations.Nullable String name) {
        if (name == null || name.isBlank()) {
            return Level.INFO;
        }
        String upper = name.toUpperCase(Locale.ROOT);
        return upper.equals("FATAL") ? Level.ERROR : Level.valueOf(upper);
    }

    @Override
    public ILoggerFactory getLoggerFactory() {
        return loggers;
    }

    @Override
    public IMarkerFactory getMarkerFactory() {
        return markers;
    }

    @Override
    public MDCAdapter getMDCAdapter() {
        return mdc;
    }

    @Override
    public String getRequestedApiVersion() {
        return API_VERSION;
    }

    @Override
    public void initialize() {
        // Everything is there from the beginning.
    }
}
