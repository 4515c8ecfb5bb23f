package io.hallmark.core.store;

import java.util.Optional;

/**
 * Items under (partition key, sort key). The promise that every adapter keeps, and {@code TableContract} tests:
 *
 * <ul>
 *   <li>{@code get} and {@code query} see every transaction that committed before they began; a {@code query} is not one
 *       moment in time for all its items.
 *   <li>{@code queryIndex} may lag; it never invents items, and catches up.
 *   <li>{@code transact} is all or nothing, serializable against other transactions, and safe to repeat by its token.
 *       Contention, throttling and lost answers are the adapter's to retry, with the same token and bounded; when that
 *       does not help it throws {@link io.hallmark.core.failure.RegistryFailure.Unavailable}, and the transaction may or
 *       may not have happened: repeat it with the same token to learn.
 *   <li>The limits of {@link Transaction}, {@link Key} and {@link Item} are enforced, by {@link IllegalArgumentException}.
 * </ul>
 */
public interface Table {

    Optional<Item> get(Key key);

    Page query(Query query);

    /** As {@code query}, with the keys of the index: {@code query.pk()} is matched against the index partition key. */
    Page queryIndex(Index index, Query query);

    Outcome transact(Transaction transaction);
}
