package io.hallmark.core.store;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.identity.Hashing;
import io.hallmark.core.json.ExactJson;
import io.hallmark.core.json.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * Where a page ended: the text of {@link Page#next()} for every adapter. The text is bound to its query; what a caller
 * brings from elsewhere is refused. It is not secret and not signed: all that a forger could name is another place in
 * the range of the query at hand.
 *
 * @param sk the sort key of the last item under this query
 * @param item the key of the last item
 */
public record Cursor(String sk, Key item) {

    private static final byte FORMAT = 1;
    private static final int BINDING_BYTES = 8;

    /** The text that continues this query after this place. */
    public String encode(Query query, Optional<Index> index) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            out.write(binding(query, index));
            out.writeUTF(sk);
            out.writeUTF(item.pk());
            out.writeUTF(item.sk());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
    }

    /**
     * The place after which the query continues; empty for a first page.
     *
     * @throws RegistryFailure.Malformed with the code {@code PAGE_TOKEN} if the text did not come from this query
     */
    public static Optional<Cursor> decode(Query query, Optional<Index> index) {
        return query.after().map(text -> decode(text, query, index));
    }

    private static Cursor decode(String text, Query query, Optional<Index> index) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
            byte format = in.readByte();
            byte[] binding = in.readNBytes(BINDING_BYTES);
            Cursor cursor = new Cursor(in.readUTF(), new Key(in.readUTF(), in.readUTF()));
            boolean fits = format == FORMAT
                    && Arrays.equals(binding, binding(query, index))
                    && query.range().contains(cursor.sk())
                    && cursor.encode(query, index).equals(text);
            if (fits) {
                return cursor;
            }
        } catch (IOException | IllegalArgumentException notOurs) {
            throw refused();
        }
        throw refused();
    }

    private static RegistryFailure refused() {
        return new RegistryFailure.Malformed("PAGE_TOKEN", "the page token does not belong to this query");
    }

    private static byte[] binding(Query query, Optional<Index> index) {
        Json.Obj bound = Json.object()
                .with("source", index.map(Index::name).orElse("TABLE"))
                .with("pk", query.pk())
                .with("range", query.range().match(new Query.Range.Cases<Json>() {
                    @Override
                    public Json all(Query.Range.All range) {
                        return Json.nothing();
                    }

                    @Override
                    public Json prefix(Query.Range.Prefix range) {
                        return Json.of(range.prefix());
                    }

                    @Override
                    public Json between(Query.Range.Between range) {
                        return Json.texts(java.util.List.of(range.first(), range.last()));
                    }
                }))
                .with("forward", query.forward());
        return Arrays.copyOf(Hashing.bytes(Hashing.sha256(ExactJson.bytes(bound))), BINDING_BYTES);
    }
}
