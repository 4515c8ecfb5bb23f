package io.hallmark.core.failure;

import io.hallmark.core.json.Json;
import io.hallmark.core.json.Violation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The registry cannot do what was asked. ("Should not" is a verdict, not a failure.) Each kind carries a stable code and
 * the facts its caller needs next; one table at the HTTP border turns kinds into statuses.
 */
public abstract sealed class RegistryFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;

    private RegistryFailure(String code, String message) {
        super(message);
        this.code = code;
    }

    /** A stable code in capitals, for programs. The message is the sentence for people. */
    public final String code() {
        return code;
    }

    public abstract <T> T match(Cases<T> cases);

    /** One answer per kind of failure. */
    public interface Cases<T> {
        T malformed(Malformed failure);

        T invalid(Invalid failure);

        T notFound(NotFound failure);

        T conflict(Conflict failure);

        T stale(Stale failure);

        T notAllowed(NotAllowed failure);

        T gone(Gone failure);

        T tooLarge(TooLarge failure);

        T unavailable(Unavailable failure);
    }

    /** The input is not in the language at all: not JSON, not a number, not a page token. */
    public static final class Malformed extends RegistryFailure {
        private static final long serialVersionUID = 1L;

        private final transient Optional<Violation.Place> place;

        public Malformed(String code, String message) {
            super(code, message);
            this.place = Optional.empty();
        }

        /** Of a text that people write: the sentence begins with the place. */
        public Malformed(String code, String message, Violation.Place place) {
            super(code, place + ": " + message);
            this.place = Optional.of(place);
        }

        /** Where the text stops being readable. */
        public Optional<Violation.Place> place() {
            return place;
        }

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.malformed(this);
        }
    }

    /** The input can be read and breaks rules; all of them are listed. */
    public static final class Invalid extends RegistryFailure {
        private static final long serialVersionUID = 1L;

        private final transient List<Violation> violations;

        /** The first violation gives the code; {@code violations} must not be empty. */
        public Invalid(List<Violation> violations) {
            super(violations.get(0).code(), sentence(violations));
            this.violations = List.copyOf(violations);
        }

        public Invalid(String pointer, String code, String reason) {
            this(List.of(new Violation(pointer, code, reason)));
        }

        public List<Violation> violations() {
            return violations;
        }

        private static String sentence(List<Violation> violations) {
            Violation first = violations.get(0);
            String where = first.pointer().isEmpty() ? "" : first.pointer() + ": ";
            String more = violations.size() == 1 ? "" : " (and " + (violations.size() - 1) + " more)";
            return where + first.reason() + more;
        }

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.invalid(this);
        }
    }

    /** There is no such thing. */
    public static final class NotFound extends RegistryFailure {
        private static final long serialVersionUID = 1L;

        public NotFound(String kind, String id) {
            super("NOT_FOUND", "there is no " + kind + " " + id);
        }

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.notFound(this);
        }
    }

    /** The thing is not in a state that allows this; {@code found} says what it is in, with links where they help. */
    public static final class Conflict extends RegistryFailure {
        private static final long serialVersionUID = 1L;

        private final transient Json.Obj found;

        public Conflict(String code, String message, Json.Obj found) {
            super(code, message);
            this.found = found;
        }

        public Conflict(String code, String message) {
            this(code, message, Json.object());
        }

        public Json.Obj found() {
            return found;
        }

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.conflict(this);
        }
    }

    /** The caller acted on something it had seen before, and it has moved since. */
    public static final class Stale extends RegistryFailure {
        private static final long serialVersionUID = 1L;

        public Stale(String code, String message) {
            super(code, message);
        }

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.stale(this);
        }
    }

    /** The caller may not do this. */
    public static final class NotAllowed extends RegistryFailure {
        private static final long serialVersionUID = 1L;

        public NotAllowed(String code, String message) {
            super(code, message);
        }

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.notAllowed(this);
        }
    }

    /** It was there, and its time is over. */
    public static final class Gone extends RegistryFailure {
        private static final long serialVersionUID = 1L;

        public Gone(String code, String message) {
            super(code, message);
        }

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.gone(this);
        }
    }

    /** The input is larger than the limit that the message names. */
    public static final class TooLarge extends RegistryFailure {
        private static final long serialVersionUID = 1L;

        public TooLarge(String code, String message) {
            super(code, message);
        }

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.tooLarge(this);
        }
    }

    /** A part the registry needs did not answer; the same request may succeed later. Nothing is half done. */
    public static final class Unavailable extends RegistryFailure {
        private static final long serialVersionUID = 1L;

        private final Duration retryAfter;

        public Unavailable(String message, Duration retryAfter) {
            super("UNAVAILABLE", message);
            this.retryAfter = retryAfter;
        }

        public Unavailable(String message, Duration retryAfter, Throwable cause) {
            this(message, retryAfter);
            initCause(cause);
        }

        public Duration retryAfter() {
            return retryAfter;
        }

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.unavailable(this);
        }
    }
}
