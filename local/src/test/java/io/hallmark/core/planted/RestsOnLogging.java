package io.hallmark.core.planted;

import org.slf4j.LoggerFactory;

/** Planted: core rests on a logging library. */
public final class RestsOnLogging {

    public String name() {
        return LoggerFactory.getLogger("planted").getName();
    }
}
