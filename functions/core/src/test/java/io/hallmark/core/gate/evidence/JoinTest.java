package io.hallmark.core.gate.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.core.gate.evidence.Examples.Side;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class JoinTest {

    private static final String CANDIDATE = """
            id,label,score,weight,cluster,slice_plan,group_sex,note
            a,0,0.25,1,x,free,f,n
            b,1,0.5,2.5,y,paid,m,n
            c,1,0.75,1,x,free,m,n
            """;

    @Test
    void a_file_becomes_examples() {
        Join.Joined joined = (Join.Joined) Files.alone(CANDIDATE);
        Examples examples = joined.examples();
        assertThat(joined.ignored()).containsExactly("note");
        assertThat(examples.labels()).containsExactly(0, 1, 1);
        assertThat(examples.scores(Side.CANDIDATE).orElseThrow()).containsExactly(0.25, 0.5, 0.75);
        assertThat(examples.scores(Side.BASELINE)).isEmpty();
        assertThat(examples.weights().orElseThrow()).containsExactly(1, 2.5, 1);
        assertThat(examples.clusters().orElseThrow()).containsExactly(0, 1, 0);
        assertThat(examples.columns().keySet()).containsExactly("group_sex", "slice_plan");
        assertThat(Files.column(examples, "slice_plan").values()).containsExactly("free", "paid");
        assertThat(Files.column(examples, "slice_plan").codes()).containsExactly(0, 1, 0);
        assertThat(Files.column(examples, "group_sex").codes()).containsExactly(0, 1, 1);
    }

    @Test
    void values_are_sorted_whatever_their_order_in_the_file() {
        Examples examples = Files.examples(Files.alone("id,label,score,slice_a\n1,0,0.1,z\n2,0,0.1,a\n3,0,0.1,m\n"));
        assertThat(Files.column(examples, "slice_a").values()).containsExactly("a", "m", "z");
        assertThat(Files.column(examples, "slice_a").codes()).containsExactly(2, 0, 1);
    }

    @Test
    void the_baseline_is_joined_by_id_in_any_order() {
        String same = "id,label,score\na,0,0.1\nb,1,0.2\nc,1,0.3\n";
        String other = "score,id,label\n0.3,c,1\n0.1,a,0\n0.2,b,1\n";
        for (String baseline : List.of(same, other)) {
            Examples examples = Files.examples(Files.with(CANDIDATE, baseline));
            assertThat(examples.scores(Side.BASELINE).orElseThrow()).containsExactly(0.1, 0.2, 0.3);
            assertThat(examples.scores(Side.CANDIDATE).orElseThrow()).containsExactly(0.25, 0.5, 0.75);
        }
    }

    @Test
    void three_sides_can_be_joined() {
        Examples examples = Files.examples(Files.join(
                Files.bytes(CANDIDATE),
                Map.of(
                        Side.BASELINE, Files.source(Files.bytes("id,label,score\nc,1,3\nb,1,2\na,0,1\n")),
                        Side.ANCHOR, Files.source(Files.gzip(Files.bytes("id,label,score\na,0,4\nc,1,6\nb,1,5\n")))),
                PredictionLimits.DEFAULT));
        assertThat(examples.scores(Side.BASELINE).orElseThrow()).containsExactly(1, 2, 3);
        assertThat(examples.scores(Side.ANCHOR).orElseThrow()).containsExactly(4, 5, 6);
    }

    @Test
    void ids_that_one_side_lacks_are_counted_with_an_example() {
        assertThat(Files.with(CANDIDATE, "id,label,score\nb,1,0.2\n"))
                .isEqualTo(new Join.Refused(
                        "PREDICTIONS_MISMATCH",
                        Side.BASELINE,
                        "2 of 3 ids are only in the candidate's file, such as a"));
        assertThat(Files.reason(Files.with(CANDIDATE, "id,label,score\na,0,0\nb,1,0.2\nc,1,0\nd,0,0\n")))
                .isEqualTo("1 of 4 ids is only in the baseline's file, such as d");
        assertThat(Files.reason(Files.with(CANDIDATE, "id,label,score\ne,0,0\nb,1,0.2\nc,1,0\nd,0,0\n")))
                .isEqualTo("1 of 3 ids is only in the candidate's file, such as a; "
                        + "2 of 4 ids are only in the baseline's file, such as e");
    }

    @Test
    void rows_have_to_agree_on_all_but_the_score() {
        String header = "id,label,score,weight,cluster_key,slice_plan,slice_other\n";
        String[][] cases = {
            {"a,1,0,1,x,free,q", "1 of 3 rows has another label in the baseline's file, such as a"},
            {"a,0,0,1.5,x,free,q", "1 of 3 rows has another weight in the baseline's file, such as a"},
            {"a,0,0,1,y,free,q", "1 of 3 rows has another cluster in the baseline's file, such as a"},
            {"a,0,0,1,x,paid,q", "1 of 3 rows has another value of slice_plan in the baseline's file, such as a"},
            {"a,0,0,1,x,unheard,q", "1 of 3 rows has another value of slice_plan in the baseline's file, such as a"},
        };
        for (String[] each : cases) {
            String baseline = header + "b,1,0,2.5,y,paid,q\n" + each[0] + "\nc,1,0,1,x,free,q\n";
            assertThat(Files.with(CANDIDATE, baseline))
                    .isEqualTo(new Join.Refused("PREDICTIONS_MISMATCH", Side.BASELINE, each[1]));
        }
        String same = header + "b,1,0,2.50,y,paid,q\na,0,0,1e0,x,free,q\nc,1,0,1,x,free,q\n";
        assertThat(Files.examples(Files.with(CANDIDATE, same)).columns()).doesNotContainKey("slice_other");
    }

    @Test
    void a_duplicate_in_the_other_file_is_refused() {
        assertThat(Files.with(CANDIDATE, "id,label,score\na,0,1\nb,1,1\na,0,1\n"))
                .isEqualTo(new Join.Refused("PREDICTIONS_FORMAT", Side.BASELINE, "line 4: the id a is there twice"));
    }

    @Test
    void shuffling_either_file_changes_nothing_that_is_seen() {
        long seed = 7;
        Random random = new Random(seed);
        List<String> candidate = new ArrayList<>();
        List<String> baseline = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            String id = "row-" + i * 31;
            int label = random.nextInt(2);
            candidate.add(id + "," + label + "," + random.nextDouble() + ",v" + random.nextInt(40) + ",p" + i / 3);
            baseline.add(id + "," + label + "," + random.nextDouble());
        }
        Map<String, Long> first = seen(candidate, baseline);
        assertThat(first.values().stream().mapToLong(n -> n).sum()).isEqualTo(5000);
        for (int round = 0; round < 5; round++) {
            Collections.shuffle(candidate, random);
            Collections.shuffle(baseline, random);
            assertThat(seen(candidate, baseline))
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(first);
        }
    }

    /** The rows as a multiset; clusters by how many rows share each row's. */
    private static Map<String, Long> seen(List<String> candidate, List<String> baseline) {
        Examples examples = Files.examples(Files.with(
                "id,label,score,slice_v,cluster\n" + String.join("\n", candidate),
                "id,label,score\n" + String.join("\r\n", baseline) + "\r\n"));
        int[] clusters = examples.clusters().orElseThrow();
        int[] sizes = new int[examples.size()];
        for (int cluster : clusters) {
            sizes[cluster]++;
        }
        Map<String, Long> rows = new TreeMap<>();
        Examples.Column column = Files.column(examples, "slice_v");
        for (int i = 0; i < examples.size(); i++) {
            String row =
                    examples.labels()[i] + " " + examples.scores(Side.CANDIDATE).orElseThrow()[i] + " "
                            + examples.scores(Side.BASELINE).orElseThrow()[i] + " "
                            + column.values().get(column.codes()[i]) + " " + sizes[clusters[i]];
            rows.merge(row, 1L, Long::sum);
        }
        return rows;
    }

    @Test
    void a_source_that_checks_its_bytes_has_the_last_word() {
        byte[] bytes = Files.bytes("id,label,score\na,7,1\n" + "a,1,1\n".repeat(100_000));
        Join.Source swapped = () -> new CheckedAtEnd(bytes);
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> Join.alone(swapped, PredictionLimits.DEFAULT)))
                .isInstanceOf(IOException.class)
                .hasMessage("other bytes");
    }

    /** Fails at its end, as a stream does that compares a digest. */
    private static final class CheckedAtEnd extends FilterInputStream {

        CheckedAtEnd(byte[] bytes) {
            super(new ByteArrayInputStream(bytes));
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = super.read(buffer, offset, length);
            if (count < 0) {
                throw new IOException("other bytes");
            }
            return count;
        }
    }
}
