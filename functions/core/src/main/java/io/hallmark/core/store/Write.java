package io.hallmark.core.store;

import java.util.List;

/** One write of a transaction. All conditions are about the item stored under the write's own key before the transaction. */
public sealed interface Write {

    Key key();

    List<Condition> conditions();

    <T> T match(Cases<T> cases);

    /** One answer per kind of write. */
    interface Cases<T> {
        T put(Put write);

        T delete(Delete write);

        T check(Check write);
    }

    static Write put(Item item, Condition... conditions) {
        return new Put(item, List.of(conditions));
    }

    static Write delete(Key key, Condition... conditions) {
        return new Delete(key, List.of(conditions));
    }

    static Write check(Key key, Condition... conditions) {
        return new Check(key, List.of(conditions));
    }

    /** Stores the whole item, in place of any item that was there. */
    record Put(Item item, List<Condition> conditions) implements Write {

        public Put {
            conditions = List.copyOf(conditions);
        }

        @Override
        public Key key() {
            return item.key();
        }

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.put(this);
        }
    }

    /** Removes the item; removing what is not there is no error. */
    record Delete(Key key, List<Condition> conditions) implements Write {

        public Delete {
            conditions = List.copyOf(conditions);
        }

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.delete(this);
        }
    }

    /** Changes nothing, and lets the transaction pass only if its conditions hold. */
    record Check(Key key, List<Condition> conditions) implements Write {

        public Check {
            conditions = List.copyOf(conditions);
            if (conditions.isEmpty()) {
                throw new IllegalArgumentException("a check without a condition checks nothing");
            }
        }

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.check(this);
        }
    }
}
