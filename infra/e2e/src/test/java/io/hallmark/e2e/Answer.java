package io.hallmark.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.client.json.JsonValue;

/** What a command answered. */
record Answer(String command, int exit, String out, String err) {

    /** The JSON of a command that did as asked. */
    JsonValue json() {
        return JsonValue.parse(done().out());
    }

    /** This answer, if the command did as asked. */
    Answer done() {
        return ended(0);
    }

    Answer ended(int expected) {
        assertThat(exit).as("hallmark %s%n%s%n%s", command, out, err).isEqualTo(expected);
        return this;
    }
}
