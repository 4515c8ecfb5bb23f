package io.hallmark.core.store;

import static io.hallmark.core.store.TableFixture.allSortKeys;
import static io.hallmark.core.store.TableFixture.commit;
import static io.hallmark.core.store.TableFixture.item;
import static io.hallmark.core.store.TableFixture.sortKeys;
import static io.hallmark.core.store.TableFixture.store;
import static io.hallmark.core.store.TableFixture.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.json.Json;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Pages that join without gap or repetition, and cursors that fit one query only. */
interface TablePageContract {

    Table table();

    private void fill() {
        Write[] writes = Stream.of("a", "b", "é", "\uffee", "\ud83d\ude00", "c", "d")
                .map(sk -> Write.put(item("p", sk, value(1))))
                .toArray(Write[]::new);
        commit(table(), writes);
        store(table(), item("p2", "x", value(1)));
    }

    @Test
    default void pagesJoinForward() {
        fill();

        for (int limit = 1; limit <= 8; limit++) {
            assertThat(allSortKeys(table(), Query.all("p", limit)))
                    .containsExactly("a", "b", "c", "d", "é", "\uffee", "\ud83d\ude00");
        }
    }

    @Test
    default void pagesJoinBackward() {
        fill();

        for (int limit = 1; limit <= 8; limit++) {
            assertThat(allSortKeys(table(), Query.all("p", limit).backward()))
                    .containsExactly("\ud83d\ude00", "\uffee", "é", "d", "c", "b", "a");
        }
    }

    @Test
    default void pagesStayInTheirRange() {
        fill();
        Query range = new Query("p", Query.Range.between("b", "d"), true, 1, Optional.empty());

        assertThat(allSortKeys(table(), range)).containsExactly("b", "c", "d");
        assertThat(allSortKeys(table(), range.backward())).containsExactly("d", "c", "b");
    }

    @Test
    default void aPageIsNeverLargerThanItsLimit() {
        fill();

        assertThat(table().query(Query.all("p", 3)).items()).hasSize(3);
    }

    @Test
    default void aCursorOutlivesItsItemAndSeesNewOnes() {
        fill();
        Page first = table().query(Query.all("p", 2));
        commit(table(), Write.delete(new Key("p", "b")), Write.put(item("p", "bb", value(1))));

        Page second = table().query(Query.all("p", 2).after(first.next()));

        assertThat(sortKeys(second)).containsExactly("bb", "c");
    }

    @Test
    default void theLimitMayChangeFromPageToPage() {
        fill();
        Page first = table().query(Query.all("p", 1));

        assertThat(sortKeys(table().query(Query.all("p", 3).after(first.next()))))
                .containsExactly("b", "c", "d");
    }

    @Test
    default void aCursorFromAnotherQueryIsRefused() {
        fill();
        Optional<String> cursor = table().query(Query.all("p", 2)).next();

        refused(() -> table().query(Query.all("p2", 2).after(cursor)));
        refused(() -> table().query(Query.all("p", 2).backward().after(cursor)));
        refused(() -> table().query(Query.prefix("p", "a", 2).after(cursor)));
        refused(() -> table().queryIndex(Index.GSI1, Query.all("p", 2).after(cursor)));
    }

    @Test
    default void whatIsNoCursorIsRefused() {
        fill();
        String cursor = table().query(Query.all("p", 2)).next().orElseThrow();

        for (String forged :
                List.of("", "x", "!", cursor + "A", cursor.substring(1), "A" + cursor, "é", "a".repeat(9999))) {
            refused(() -> table().query(Query.all("p", 2).after(Optional.of(forged))));
        }
    }

    @Test
    default void cursorsOfAnIndexFitThatIndexOnly() {
        for (int i = 0; i < 3; i++) {
            String sk = "s" + i;
            Json.Obj both = Json.object()
                    .with("gsi1pk", "g")
                    .with("gsi1sk", sk)
                    .with("gsi2pk", "g")
                    .with("gsi2sk", sk);
            store(table(), item("p", sk, both));
        }
        Page first = TableFixture.eventually(
                () -> table().queryIndex(Index.GSI1, Query.all("g", 2)),
                page -> page.items().size() == 2 && page.next().isPresent());

        refused(() -> table().queryIndex(Index.GSI2, Query.all("g", 2).after(first.next())));
        refused(() -> table().query(Query.all("g", 2).after(first.next())));
    }

    private static void refused(Supplier<Page> query) {
        assertThatThrownBy(query::get)
                .isInstanceOf(RegistryFailure.Malformed.class)
                .extracting(failure -> ((RegistryFailure) failure).code())
                .isEqualTo("PAGE_TOKEN");
    }
}
