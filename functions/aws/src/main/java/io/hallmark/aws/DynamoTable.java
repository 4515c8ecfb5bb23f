package io.hallmark.aws;

import io.hallmark.core.store.Cursor;
import io.hallmark.core.store.Index;
import io.hallmark.core.store.Item;
import io.hallmark.core.store.Key;
import io.hallmark.core.store.Outcome;
import io.hallmark.core.store.Page;
import io.hallmark.core.store.Query;
import io.hallmark.core.store.Table;
import io.hallmark.core.store.Transaction;
import io.hallmark.core.store.Write;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;

/**
 * The table in DynamoDB. A transaction that was cancelled for contention or throttling is tried again with the same token
 * (the SDK never does that); one whose answer was lost was repeated by the SDK with that token too.
 */
public final class DynamoTable implements Table {

    private static final String NO_REASON = "None";
    private static final String CONDITION_FAILED = "ConditionalCheckFailed";
    private static final List<String> PASSING =
            List.of("TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded");

    private final DynamoDbClient client;
    private final String table;
    private final Backoff backoff;
    private final Consumer<String> cancelled;

    public DynamoTable(DynamoDbClient client, String table, Backoff backoff) {
        this(client, table, backoff, reason -> {});
    }

    /** @param cancelled told of each reason, in DynamoDB's words, for which a transaction was cancelled */
    public DynamoTable(DynamoDbClient client, String table, Backoff backoff, Consumer<String> cancelled) {
        this.client = client;
        this.table = table;
        this.backoff = backoff;
        this.cancelled = cancelled;
    }

    @Override
    public Optional<Item> get(Key key) {
        return DynamoFailures.translated(table, () -> {
            Map<String, AttributeValue> row = client.getItem(request ->
                            request.tableName(table).key(DynamoJson.key(key)).consistentRead(true))
                    .item();
            return row.isEmpty() ? Optional.empty() : Optional.of(DynamoJson.item(row));
        });
    }

    @Override
    public Page query(Query query) {
        return page(query, Optional.empty());
    }

    @Override
    public Page queryIndex(Index index, Query query) {
        return page(query, Optional.of(index));
    }

    private Page page(Query query, Optional<Index> index) {
        Optional<Cursor> after = Cursor.decode(query, index);
        if (DynamoExpression.isEmpty(query.range())) {
            return new Page(List.of(), Optional.empty());
        }
        String pk = index.map(Index::pk).orElse("pk");
        String sk = index.map(Index::sk).orElse("sk");
        DynamoExpression expression = new DynamoExpression();
        QueryRequest.Builder request = QueryRequest.builder()
                .tableName(table)
                .keyConditionExpression(expression.keys(pk, sk, query))
                .expressionAttributeNames(expression.names())
                .expressionAttributeValues(expression.values())
                .scanIndexForward(query.forward())
                .consistentRead(index.isEmpty())
                .limit(query.limit());
        index.ifPresent(present -> request.indexName(present.name().toLowerCase(Locale.ROOT)));
        after.ifPresent(cursor -> request.exclusiveStartKey(start(cursor, query, pk, sk)));
        QueryResponse answer = DynamoFailures.translated(table, () -> client.query(request.build()));
        Optional<String> next =
                answer.hasLastEvaluatedKey() && !answer.lastEvaluatedKey().isEmpty()
                        ? Optional.of(end(answer.lastEvaluatedKey(), sk).encode(query, index))
                        : Optional.empty();
        return new Page(answer.items().stream().map(DynamoJson::item).toList(), next);
    }

    private static Map<String, AttributeValue> start(Cursor cursor, Query query, String pk, String sk) {
        Map<String, AttributeValue> start = new HashMap<>(DynamoJson.key(cursor.item()));
        start.put(pk, AttributeValue.fromS(query.pk()));
        start.put(sk, AttributeValue.fromS(cursor.sk()));
        return start;
    }

    private static Cursor end(Map<String, AttributeValue> last, String sk) {
        Key item = new Key(DynamoJson.text(last, "pk"), DynamoJson.text(last, "sk"));
        return new Cursor(DynamoJson.text(last, sk), item);
    }

    @Override
    public Outcome transact(Transaction transaction) {
        DynamoWrites encoder = new DynamoWrites(table);
        List<TransactWriteItem> actions =
                transaction.writes().stream().map(write -> write.match(encoder)).toList();
        for (int attempt = 1; ; attempt++) {
            Optional<Outcome> outcome = attempt(transaction, actions, attempt == Backoff.TRIES_MAX);
            if (outcome.isPresent()) {
                return outcome.get();
            }
            backoff.pauseAfter(attempt);
        }
    }

    /** One try; empty if it is worth another. */
    private Optional<Outcome> attempt(Transaction transaction, List<TransactWriteItem> actions, boolean last) {
        return DynamoFailures.translated(table, () -> {
            try {
                client.transactWriteItems(
                        request -> request.transactItems(actions).clientRequestToken(transaction.token()));
                return Optional.of(new Outcome.Committed());
            } catch (TransactionInProgressException running) {
                if (last) {
                    throw running;
                }
                return Optional.empty();
            } catch (TransactionCanceledException cancelled) {
                return cancelled(transaction, cancelled, last);
            }
        });
    }

    private Optional<Outcome> cancelled(Transaction transaction, TransactionCanceledException cancelled, boolean last) {
        List<CancellationReason> reasons = cancelled.cancellationReasons();
        reasons.stream()
                .map(CancellationReason::code)
                .filter(code -> !code.equals(NO_REASON))
                .distinct()
                .forEach(this.cancelled);
        for (CancellationReason reason : reasons) {
            boolean known = reason.code().equals(NO_REASON)
                    || reason.code().equals(CONDITION_FAILED)
                    || PASSING.contains(reason.code());
            if (!known) {
                throw new IllegalArgumentException(
                        "DynamoDB refuses the transaction: " + reason.code() + ", " + reason.message(), cancelled);
            }
        }
        boolean passing = reasons.stream().anyMatch(reason -> PASSING.contains(reason.code()));
        if (passing && !last) {
            return Optional.empty();
        }
        if (reasons.stream().noneMatch(reason -> reason.code().equals(CONDITION_FAILED))) {
            throw DynamoFailures.unavailable(
                    "the transaction was cancelled " + Backoff.TRIES_MAX + " times for contention or throttling",
                    cancelled);
        }
        return Optional.of(new Outcome.Refused(refusals(transaction, reasons)));
    }

    private static List<Optional<Outcome.Refusal>> refusals(Transaction transaction, List<CancellationReason> reasons) {
        List<Optional<Outcome.Refusal>> refusals = new ArrayList<>();
        for (int i = 0; i < reasons.size(); i++) {
            Write write = transaction.writes().get(i);
            CancellationReason reason = reasons.get(i);
            Optional<Item> found = reason.hasItem() && !reason.item().isEmpty()
                    ? Optional.of(DynamoJson.item(reason.item()))
                    : Optional.empty();
            refusals.add(
                    reason.code().equals(CONDITION_FAILED)
                            ? Optional.of(new Outcome.Refusal(write.key(), found))
                            : Optional.empty());
        }
        return refusals;
    }
}
