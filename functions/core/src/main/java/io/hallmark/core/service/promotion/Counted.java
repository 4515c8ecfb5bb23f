package io.hallmark.core.service.promotion;

import io.hallmark.core.canary.Counters;
import io.hallmark.core.canary.Window;
import io.hallmark.core.json.Json;
import java.util.List;

/** The counts of one arm as evidence shows them. */
final class Counted {

    private Counted() {}

    static Json.Obj json(List<Window> windows) {
        Counters sum = windows.stream().map(Window::counters).reduce(Counters.NONE, Counters::plus);
        return sum.json().with("windows", windows.size());
    }
}
