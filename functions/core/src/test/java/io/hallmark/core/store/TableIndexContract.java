package io.hallmark.core.store;

import static io.hallmark.core.store.TableFixture.commit;
import static io.hallmark.core.store.TableFixture.eventually;
import static io.hallmark.core.store.TableFixture.item;
import static io.hallmark.core.store.TableFixture.sortKeys;
import static io.hallmark.core.store.TableFixture.store;
import static io.hallmark.core.store.TableFixture.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.core.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Sparse indexes that may lag and always catch up. */
interface TableIndexContract {

    Table table();

    private static Json.Obj in(Index index, String pk, String sk) {
        return Json.object().with(index.pk(), pk).with(index.sk(), sk);
    }

    private List<String> settled(Index index, String pk, int size) {
        return sortKeys(eventually(
                () -> table().queryIndex(index, Query.all(pk, 100)),
                page -> page.items().size() == size));
    }

    @Test
    default void onlyItemsWithItsAttributesAreInAnIndex() {
        store(table(), item("p", "plain", value(1)));
        store(table(), item("p", "first", in(Index.GSI1, "g", "1")));
        store(table(), item("p", "second", in(Index.GSI2, "g", "1")));

        assertThat(settled(Index.GSI1, "g", 1)).containsExactly("first");
        assertThat(settled(Index.GSI2, "g", 1)).containsExactly("second");
    }

    @Test
    default void anIndexAnswersWholeItemsInItsOwnOrder() {
        Item late = item("p1", "a", in(Index.GSI1, "g", "\ud83d\ude00").with("value", 1));
        Item early = item("p2", "b", in(Index.GSI1, "g", "\uffee").with("value", 2));
        commit(table(), Write.put(late), Write.put(early));
        settled(Index.GSI1, "g", 2);

        assertThat(table().queryIndex(Index.GSI1, Query.all("g", 10)).items()).containsExactly(early, late);
        assertThat(table().queryIndex(Index.GSI1, Query.all("g", 10).backward()).items())
                .containsExactly(late, early);
        assertThat(table().queryIndex(Index.GSI1, Query.prefix("g", "\uffee", 10))
                        .items())
                .containsExactly(early);
    }

    @Test
    default void anItemMovesInAnIndex() {
        store(table(), item("p", "s", in(Index.GSI1, "g", "1")));
        settled(Index.GSI1, "g", 1);

        store(table(), item("p", "s", in(Index.GSI1, "h", "1")));

        assertThat(settled(Index.GSI1, "h", 1)).containsExactly("s");
        assertThat(settled(Index.GSI1, "g", 0)).isEmpty();
    }

    @Test
    default void anItemLeavesAnIndexWithItsAttributes() {
        store(table(), item("p", "s", in(Index.GSI1, "g", "1")));
        settled(Index.GSI1, "g", 1);

        store(table(), item("p", "s", value(1)));

        assertThat(settled(Index.GSI1, "g", 0)).isEmpty();
    }

    @Test
    default void aDeletedItemLeavesItsIndexes() {
        store(table(), item("p", "s", in(Index.GSI2, "g", "1")));
        settled(Index.GSI2, "g", 1);

        commit(table(), Write.delete(new Key("p", "s")));

        assertThat(settled(Index.GSI2, "g", 0)).isEmpty();
    }

    @Test
    default void itemsWithTheSameIndexKeyAreAllFoundPageByPage() {
        for (int i = 0; i < 5; i++) {
            store(table(), item("p" + i % 2, "s" + i, in(Index.GSI1, "g", "same")));
        }
        settled(Index.GSI1, "g", 5);

        List<String> found = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            Page page = table().queryIndex(Index.GSI1, Query.all("g", 2).after(cursor));
            found.addAll(sortKeys(page));
            cursor = page.next();
        } while (cursor.isPresent());

        assertThat(found).containsExactlyInAnyOrder("s0", "s1", "s2", "s3", "s4");
    }
}
