package io.hallmark.local.workflow.asl;

import io.hallmark.core.identity.Hashing;
import io.hallmark.core.json.CanonicalJson;
import io.hallmark.core.json.Json;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A state machine that is played here, exactly as it is deployed. */
public final class Definition {

    private final Json.Obj source;
    private final String startAt;
    private final Optional<Duration> timeout;
    private final Map<String, State> states;
    private final String digest;

    Definition(Json.Obj source, String startAt, Optional<Duration> timeout, Map<String, State> states) {
        this.source = source;
        this.startAt = startAt;
        this.timeout = timeout;
        this.states = Collections.unmodifiableMap(new LinkedHashMap<>(states));
        this.digest = Hashing.sha256(CanonicalJson.write(source)).hex();
    }

    /**
     * Reads a machine.
     *
     * @param substitutions what stands for {@code ${Name}} in its strings; a name without a value is refused
     * @throws DefinitionRefused with every state type, field, path or intrinsic function that is not played, by name
     */
    public static Definition read(Json machine, Map<String, String> substitutions) {
        return DefinitionReader.read(Substitution.apply(machine, substitutions));
    }

    /** The machine as JSON, after substitution: reading it again gives this machine. */
    public Json.Obj source() {
        return source;
    }

    /** The SHA-256 of the source in canonical form: what names this very machine. */
    public String digest() {
        return digest;
    }

    public Set<String> stateNames() {
        return states.keySet();
    }

    /** The machine of the items of the Map state with this label. */
    public Definition processor(String label) {
        return states.values().stream()
                .filter(state -> state instanceof State.Map map && map.label().equals(label))
                .map(state -> ((State.Map) state).processor())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("there is no Map state labelled " + label));
    }

    String startAt() {
        return startAt;
    }

    Optional<Duration> timeout() {
        return timeout;
    }

    State state(String name) {
        State state = states.get(name);
        if (state == null) {
            throw new IllegalStateException("there is no state " + name);
        }
        return state;
    }
}
