package io.hallmark.handlers.wiring.log;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.ILoggerFactory;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/** One logger per name. */
final class LineLoggers implements ILoggerFactory {

    private final Map<String, Logger> byName = new ConcurrentHashMap<>();
    private final Lines lines;
    private final Level level;

    LineLoggers(Lines lines, Level level) {
        this.lines = lines;
        this.level = level;
    }

    @Override
    public Logger getLogger(String name) {
        return byName.computeIfAbsent(name, wanted -> new LineLogger(wanted, lines, level));
    }
}
