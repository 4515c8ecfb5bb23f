package io.hallmark.core.memory;

import io.hallmark.core.store.Cursor;
import io.hallmark.core.store.Index;
import io.hallmark.core.store.Item;
import io.hallmark.core.store.Page;
import io.hallmark.core.store.Query;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Ordered items by partition: the table itself, or the view of an index. */
final class Partitions {

    private final Optional<Index> index;
    private final Map<String, NavigableMap<Place, Item>> partitions = new HashMap<>();

    Partitions(Optional<Index> index) {
        this.index = index;
    }

    Optional<Item> find(String pk, Place place) {
        return Optional.ofNullable(partition(pk).get(place));
    }

    void put(String pk, Place place, Item item) {
        partitions.computeIfAbsent(pk, absent -> new TreeMap<>()).put(place, item);
    }

    void remove(String pk, Place place) {
        NavigableMap<Place, Item> partition = partition(pk);
        partition.remove(place);
        if (partition.isEmpty()) {
            partitions.remove(pk);
        }
    }

    Page page(Query query) {
        NavigableMap<Place, Item> partition = partition(query.pk());
        NavigableMap<Place, Item> ordered = query.forward() ? partition : partition.descendingMap();
        NavigableMap<Place, Item> rest = Cursor.decode(query, index)
                .map(cursor -> ordered.tailMap(Place.of(cursor), false))
                .orElse(ordered);
        List<Map.Entry<Place, Item>> found = rest.entrySet().stream()
                .dropWhile(entry -> !query.range().contains(entry.getKey().sk()))
                .takeWhile(entry -> query.range().contains(entry.getKey().sk()))
                .limit(query.limit() + 1L)
                .toList();
        List<Map.Entry<Place, Item>> page = found.subList(0, Math.min(query.limit(), found.size()));
        Optional<String> next = found.size() <= query.limit()
                ? Optional.empty()
                : Optional.of(cursor(page.get(page.size() - 1).getKey()).encode(query, index));
        return new Page(page.stream().map(Map.Entry::getValue).toList(), next);
    }

    private NavigableMap<Place, Item> partition(String pk) {
        return partitions.getOrDefault(pk, new TreeMap<>());
    }

    private static Cursor cursor(Place place) {
        return new Cursor(place.sk(), place.item());
    }
}
