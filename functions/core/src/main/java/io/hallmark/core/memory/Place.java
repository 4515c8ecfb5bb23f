package io.hallmark.core.memory;

import io.hallmark.core.store.Cursor;
import io.hallmark.core.store.Key;
import io.hallmark.core.store.Utf8;
import java.util.Comparator;

/** Where an item stands in a partition of the table or of an index: by sort key, then by its own key. */
record Place(String sk, Key item) implements Comparable<Place> {

    private static final Comparator<Place> ORDER = Comparator.comparing(Place::sk, Utf8::compare)
            .thenComparing(place -> place.item().pk(), Utf8::compare)
            .thenComparing(place -> place.item().sk(), Utf8::compare);

    static Place of(Key key) {
        return new Place(key.sk(), key);
    }

    static Place of(Cursor cursor) {
        return new Place(cursor.sk(), cursor.item());
    }

    @Override
    public int compareTo(Place other) {
        return ORDER.compare(this, other);
    }
}
