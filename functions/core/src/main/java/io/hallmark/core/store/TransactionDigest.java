package io.hallmark.core.store;

import io.hallmark.core.identity.Hashing;
import io.hallmark.core.json.ExactJson;
import io.hallmark.core.json.Json;
import io.hallmark.core.model.Sha256;
import java.util.List;

/** What a transaction writes, as a digest: an adapter keeps it with the token, to know a repetition from a mix-up. */
public final class TransactionDigest {

    private TransactionDigest() {}

    public static Sha256 of(List<Write> writes) {
        return Hashing.sha256(ExactJson.bytes(
                Json.array(writes.stream().map(TransactionDigest::json).toList())));
    }

    private static Json json(Write write) {
        Json.Obj common = Json.object()
                .with("pk", write.key().pk())
                .with("sk", write.key().sk())
                .with(
                        "conditions",
                        Json.array(write.conditions().stream()
                                .map(TransactionDigest::json)
                                .toList()));
        return write.match(new Write.Cases<>() {
            @Override
            public Json put(Write.Put put) {
                return common.with("put", put.item().attributes());
            }

            @Override
            public Json delete(Write.Delete delete) {
                return common.with("delete", true);
            }

            @Override
            public Json check(Write.Check check) {
                return common.with("check", true);
            }
        });
    }

    private static Json json(Condition condition) {
        return condition.match(new Condition.Cases<>() {
            @Override
            public Json absent(Condition.Absent absent) {
                return Json.object().with("absent", true);
            }

            @Override
            public Json present(Condition.Present present) {
                return Json.object().with("present", true);
            }

            @Override
            public Json equal(Condition.Equal equal) {
                return Json.object().with("equal", equal.attribute()).with("value", equal.value());
            }

            @Override
            public Json absentOrEqual(Condition.AbsentOrEqual equal) {
                return Json.object().with("absentOrEqual", equal.attribute()).with("value", equal.value());
            }

            @Override
            public Json lessThan(Condition.LessThan less) {
                return Json.object().with("lessThan", less.attribute()).with("value", less.value());
            }
        });
    }
}
