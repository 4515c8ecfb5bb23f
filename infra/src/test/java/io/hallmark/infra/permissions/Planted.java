package io.hallmark.infra.permissions;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** Small handlers of which everybody can see what they do; {@link ReachTest} has the analysis see it too. */
final class Planted {

    private Planted() {}

    /** What there is to do. */
    static final class Deeds {
        static void read() {}

        static void write() {}

        static void delete() {}

        static void list() {}

        private Deeds() {}
    }

    interface Port {
        void act();

        default void after() {
            Deeds.list();
        }
    }

    static class Reading implements Port {
        @Override
        public void act() {
            Deeds.read();
        }
    }

    static final class Writing implements Port {
        @Override
        public void act() {
            Deeds.write();
        }
    }

    static final class OneOfTwo {
        private final Port port = new Reading();

        void handleRequest() {
            Port made = new Reading();
            made.act();
        }

        static Port other() {
            return new Writing();
        }

        Port port() {
            return port;
        }
    }

    static final class MadeLate {
        void handleRequest() {
            act(new Reading());
            act(new Writing());
        }

        private static void act(Port port) {
            port.act();
        }
    }

    static final class BehindALambda {
        void handleRequest() {
            Runnable deed = () -> later(() -> Deeds.delete());
            deed.run();
        }

        private static void later(Runnable deed) {
            deed.run();
        }
    }

    static final class BehindAReference {
        Runnable handleRequest() {
            return Deeds::delete;
        }
    }

    static final class Loaded {
        static final List<String> LIST = new ArrayList<>();

        static {
            Deeds.list();
        }

        private Loaded() {}
    }

    static final class OnlyWhenLoaded {
        int handleRequest() {
            return Loaded.LIST.size();
        }
    }

    static final class Callback implements Callable<String> {
        @Override
        public String call() {
            Deeds.write();
            return "";
        }
    }

    static final class CalledBack {
        Object handleRequest() {
            return List.of(new Callback());
        }
    }

    /** As a visitor: the answer's type is erased in the interface. */
    interface Cases<T> {
        T one(String text);
    }

    static final class Answers implements Cases<Integer> {
        @Override
        public Integer one(String text) {
            Deeds.read();
            return text.length();
        }
    }

    static final class Generic {
        void handleRequest() {
            match(new Answers());
        }

        private static <T> T match(Cases<T> cases) {
            return cases.one("");
        }
    }

    abstract static class Base implements Port {
        @Override
        public void act() {
            Deeds.write();
        }
    }

    static final class Derived extends Base {}

    static final class Inherited {
        void handleRequest() {
            Supplier<Port> port = Derived::new;
            port.get().act();
            port.get().after();
        }
    }
}
