package io.hallmark.local.workflow.asl;

import java.util.List;

/** One entry of {@code Catch}: where errors of these names lead, and where their description is put. */
record Catcher(List<String> errors, ResultPlace place, String next) {}
