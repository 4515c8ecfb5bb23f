package io.hallmark.infra;

import java.util.List;

/** What the template has to hold to. */
@FunctionalInterface
interface Rule {

    /** What is wrong, a sentence each; nothing if all is right. */
    List<String> broken(Template template);
}
