package io.hallmark.local.workflow.asl;

import io.hallmark.core.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A state of a machine, read. */
sealed interface State {

    /** The type as the language names it. */
    String type();

    /** Every state that can come next. */
    List<String> leadsTo();

    /** {@code InputPath} and {@code OutputPath}; empty when null, which makes an empty object. */
    record Io(Optional<Path> input, Optional<Path> output) {}

    /** {@code Next}; empty for {@code End}. */
    record Then(Optional<String> next) {}

    /** A whole number of seconds: given, or read from the input. */
    record Seconds(Optional<Long> fixed, Optional<Path> path) {}

    /** A state that asks for work and takes what comes of it, failures included. */
    sealed interface Work extends State {
        Io io();

        Optional<Template> resultSelector();

        ResultPlace resultPlace();

        List<Retrier> retriers();

        List<Catcher> catchers();

        Then then();

        @Override
        default List<String> leadsTo() {
            return Stream.concat(then().next().stream(), catchers().stream().map(Catcher::next))
                    .toList();
        }
    }

    /** Calls a function; with a token, waits for an answer from outside. */
    record Task(
            Io io,
            boolean waitsForToken,
            Template parameters,
            Optional<Template> resultSelector,
            ResultPlace resultPlace,
            List<Retrier> retriers,
            List<Catcher> catchers,
            Optional<Seconds> timeout,
            Optional<Duration> heartbeat,
            Then then)
            implements Work {
        @Override
        public String type() {
            return "Task";
        }
    }

    /**
     * Plays a machine of its own for each item, in Distributed mode: each in an execution of its own.
     *
     * @param label part of the names of these executions, unique in the machine
     * @param items where the array of items is
     * @param itemSelector what each execution gets; without it, the item itself
     * @param concurrency how many of them run at the same time, at most
     */
    record Map(
            Io io,
            String label,
            Path items,
            Optional<Template> itemSelector,
            int concurrency,
            Definition processor,
            Optional<Template> resultSelector,
            ResultPlace resultPlace,
            List<Retrier> retriers,
            List<Catcher> catchers,
            Then then)
            implements Work {
        @Override
        public String type() {
            return "Map";
        }
    }

    /** Picks the next state. */
    record Choice(Io io, List<Branch> branches, Optional<String> otherwise) implements State {
        @Override
        public String type() {
            return "Choice";
        }

        @Override
        public List<String> leadsTo() {
            return Stream.concat(branches.stream().map(Branch::next), otherwise.stream())
                    .toList();
        }

        /** A rule and where it leads. */
        record Branch(Rule rule, String next) {}
    }

    /** Waits for a time span or until a moment. */
    record Wait(Io io, Until until, Then then) implements State {
        @Override
        public String type() {
            return "Wait";
        }

        @Override
        public List<String> leadsTo() {
            return then.next().stream().toList();
        }

        /** Exactly one of these is there. */
        record Until(Optional<Seconds> seconds, Optional<Instant> timestamp, Optional<Path> timestampPath) {}
    }

    /** Hands on its input, or a fixed result. */
    record Pass(Io io, Optional<Template> parameters, Optional<Json> result, ResultPlace resultPlace, Then then)
            implements State {
        @Override
        public String type() {
            return "Pass";
        }

        @Override
        public List<String> leadsTo() {
            return then.next().stream().toList();
        }
    }

    /** Ends well. */
    record Succeed(Io io) implements State {
        @Override
        public String type() {
            return "Succeed";
        }

        @Override
        public List<String> leadsTo() {
            return List.of();
        }
    }

    /** Ends badly. */
    record Fail(Optional<String> error, Optional<String> cause) implements State {
        @Override
        public String type() {
            return "Fail";
        }

        @Override
        public List<String> leadsTo() {
            return List.of();
        }
    }
}
