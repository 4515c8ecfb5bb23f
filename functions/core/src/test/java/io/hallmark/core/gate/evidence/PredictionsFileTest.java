package io.hallmark.core.gate.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.core.gate.evidence.Examples.Side;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PredictionsFileTest {

    private static final String ROW = "a,1,0.5\n";

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of("", "the file is empty"),
                Arguments.of("id,label,score\n", "the file has a header and no rows"),
                Arguments.of("id,label\na,1\n", "line 1: the required column score is missing"),
                Arguments.of("label,score\n1,1\n", "line 1: the required column id is missing"),
                Arguments.of(
                        "\ufeffid,label,score\n" + ROW,
                        "line 1: the file begins with a byte order mark; it has to be plain UTF-8"),
                Arguments.of("id,label,score,id\n", "line 1: the column id is there twice"),
                Arguments.of(
                        "id,label,score,cluster,cluster_key\n",
                        "line 1: there is a column cluster and a column cluster_key; only one can count"),
                Arguments.of(
                        "id,label,score,\n",
                        "line 1: the name of column 4 is empty, too long or has control characters"),
                Arguments.of(Files.HEADER + "a,2,0.5\n", "line 2: the label is not 0 or 1"),
                Arguments.of(Files.HEADER + "a,1.0,0.5\n", "line 2: the label is not 0 or 1"),
                Arguments.of(Files.HEADER + "a,,0.5\n", "line 2: the label is not 0 or 1"),
                Arguments.of(Files.HEADER + ROW + "b,1,NaN\n", "line 3: the score is not a finite decimal number"),
                Arguments.of(Files.HEADER + "b,1,-Infinity\n", "line 2: the score is not a finite decimal number"),
                Arguments.of(Files.HEADER + "b,1,0x1p-1\n", "line 2: the score is not a finite decimal number"),
                Arguments.of(Files.HEADER + "b,1,1e999\n", "line 2: the score is not a finite decimal number"),
                Arguments.of(Files.HEADER + "b,1,\n", "line 2: the score is empty"),
                Arguments.of("id,label,score,weight\na,1,0.5,0\n", "line 2: the weight is not above 0"),
                Arguments.of("id,label,score,weight\na,1,0.5,-1\n", "line 2: the weight is not above 0"),
                Arguments.of(
                        "id,label,score,weight\na,1,0.5,inf\n", "line 2: the weight is not a finite decimal number"),
                Arguments.of("id,label,score,weight\na,1,0.5,\n", "line 2: the weight is empty"),
                Arguments.of(Files.HEADER + ROW + "b,1,0.5\n" + ROW, "line 4: the id a is there twice"),
                Arguments.of(Files.HEADER + ",1,0.5\n", "line 2: the id is empty"),
                Arguments.of(Files.HEADER + "a,1\n", "line 2: 2 fields where the header has 3"),
                Arguments.of(Files.HEADER + "a,1,0.5,\n", "line 2: 4 fields where the header has 3"),
                Arguments.of(Files.HEADER + ROW + "\n", "line 3: 1 field where the header has 3"),
                Arguments.of(Files.HEADER + "\"a,1,0.5\n", "line 2: a quoted field is not closed"),
                Arguments.of(
                        Files.HEADER + "a\"b,1,0.5\n", "line 2: a quote inside a field, or text after a closing quote"),
                Arguments.of(
                        Files.HEADER + "\"a\"b,1,0.5\n",
                        "line 2: a quote inside a field, or text after a closing quote"),
                Arguments.of(Files.HEADER + "a,1,0.5\rb,1,0.5\n", "line 2: a carriage return without a line feed"),
                Arguments.of(Files.HEADER + "a,1,0.5\r", "line 2: a carriage return without a line feed"),
                Arguments.of(Files.HEADER + "\"a\nb\",1,1\nc,5,1\n", "line 4: the label is not 0 or 1"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void what_is_wrong_with_a_file_is_said_with_its_line(String text, String sentence) {
        Join.Refused expected = new Join.Refused("PREDICTIONS_FORMAT", Side.CANDIDATE, sentence);
        assertThat(Files.alone(text)).isEqualTo(expected);
        assertThat(Files.join(Files.gzip(Files.bytes(text)), Map.of(), PredictionLimits.DEFAULT))
                .isEqualTo(expected);
    }

    @Test
    void quotes_line_ends_and_a_missing_last_line_end_are_read_as_in_rfc_4180() {
        String text =
                "id,\"label\",score,slice_a\r\n\"a,1\",\"1\",\"0.5\",\"say \"\"x\"\"\"\r\n\"b\r\nc\",0,1,\"\"\r\nd,0,1,";
        Examples examples = Files.examples(Files.alone(text));
        assertThat(examples.labels()).containsExactly(1, 0, 0);
        assertThat(Files.column(examples, "slice_a").values()).containsExactly("", "say \"x\"");
        assertThat(Files.reason(Files.with(text, "id,label,score\nd,0,1\n")))
                .isEqualTo("2 of 3 ids are only in the candidate's file, such as a,1");
    }

    @Test
    void text_that_is_not_utf_8_is_refused() {
        for (int field : new int[] {0, 3}) {
            byte[] bytes = Files.bytes("id,label,score,slice_a\n" + (field == 0 ? "?,1,1,x\n" : "a,1,1,?\n"));
            bytes[new String(bytes, java.nio.charset.StandardCharsets.US_ASCII).indexOf('?')] = (byte) 0xe4;
            assertThat(Files.reason(Files.join(bytes, Map.of(), PredictionLimits.DEFAULT)))
                    .isEqualTo("line 2: field " + (field + 1) + " is not UTF-8");
        }
        assertThat(Files.examples(Files.alone(Files.HEADER + "Zoë,1,1\n")).size())
                .isOne();
    }

    @Test
    void ids_with_unprintable_characters_are_not_repeated_in_sentences() {
        assertThat(Files.reason(Files.alone(Files.HEADER + "\u001b[31m\u202e,1,1\n\u001b[31m\u202e,1,1\n")))
                .isEqualTo("line 3: the id ?[31m? is there twice");
    }

    @Test
    void truncated_and_damaged_gzip_is_refused() {
        byte[] good = Files.gzip(Files.bytes(many(5000)));
        for (int length : new int[] {3, 9, 10, 100, good.length - 8, good.length - 1}) {
            assertThat(reason(Arrays.copyOf(good, length))).isEqualTo("the gzip data break off before their end");
        }
        byte[] checksum = good.clone();
        checksum[good.length - 6] ^= 1;
        byte[] size = good.clone();
        size[good.length - 2] ^= 1;
        for (byte[] bytes : new byte[][] {checksum, size}) {
            assertThat(reason(bytes)).isEqualTo("the gzip data are damaged");
        }
        assertThat(reason(Arrays.copyOf(good, good.length + 3)))
                .isEqualTo("there are other bytes after the end of the gzip data");
    }

    @Test
    void several_gzip_members_are_one_file() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(Files.gzip(Files.bytes("id,label,score\na,1,0")));
        out.writeBytes(Files.gzip(new byte[0]));
        out.writeBytes(Files.gzip(Files.bytes(".5\nb,0,1\n")));
        Examples examples = Files.examples(Files.join(out.toByteArray(), Map.of(), PredictionLimits.DEFAULT));
        assertThat(examples.scores(Side.CANDIDATE).orElseThrow()).containsExactly(0.5, 1);
    }

    @Test
    void a_small_file_that_unpacks_to_a_large_one_is_refused_at_the_limit() {
        byte[] bomb = Files.gzip(Files.bytes("id,label,score,x\n" + ("a,1,1," + "0".repeat(1000) + "\n").repeat(5000)));
        assertThat(bomb.length).isLessThan(50_000);
        PredictionLimits limits = new PredictionLimits(1_000_000, 100, 10, 10, 4096, 1_000_000_000);
        assertThat(Files.join(bomb, Map.of(), limits))
                .isEqualTo(new Join.Refused(
                        "PREDICTIONS_LIMIT", Side.CANDIDATE, "the file has more than 1000000 bytes unpacked"));
    }

    @Test
    void every_limit_is_one() {
        PredictionLimits limits = new PredictionLimits(1_000_000, 3, 5, 2, 10, 20_000_000);
        assertThat(limited("id,label,score\na,1,1\nb,1,1\nc,1,1\nd,1,1\n", limits))
                .isEqualTo("the file has more than 3 rows");
        assertThat(limited("id,label,score,x,y,z\n", limits)).isEqualTo("line 1 has more than 5 fields");
        assertThat(limited("id,label,score,slice_a,slice_b\na,1,1,1,1\nb,1,1,1,2\n", limits))
                .isEqualTo("the slice and group columns have more than 2 different values");
        assertThat(limited("id,label,score\nlonger-than,1,1\n", limits))
                .isEqualTo("line 2: a field has more than 10 bytes");
        assertThat(limited("id,label,score\n\"unterminated quote is long too\",1,1\n", limits))
                .isEqualTo("line 2: a field has more than 10 bytes");
        assertThat(limited("id,label,score\n\"" + "x".repeat(1 << 20), PredictionLimits.DEFAULT))
                .isEqualTo("line 2 has more than 1048576 bytes");
        PredictionLimits memory = new PredictionLimits(10_000_000, 1_000_000, 5, 2, 100, 2_000_000);
        assertThat(limited(many(100_000), memory))
                .isEqualTo(
                        "the rows need more than 2,000,000 bytes of memory: fewer rows, fewer columns or shorter ids "
                                + "are needed");
    }

    @Test
    void a_file_of_many_blocks_is_joined_in_both_orders() {
        int rows = 200_000;
        StringBuilder back = new StringBuilder(Files.HEADER);
        IntStream.range(0, rows).map(i -> rows - 1 - i).forEach(i -> back.append(row(i)));
        byte[] candidate = Files.bytes(many(rows));
        for (String baseline : new String[] {many(rows), back.toString()}) {
            Examples examples = Files.examples(Files.join(
                    candidate,
                    Map.of(Side.BASELINE, Files.source(Files.gzip(Files.bytes(baseline)))),
                    PredictionLimits.DEFAULT));
            assertThat(examples.scores(Side.BASELINE).orElseThrow())
                    .isEqualTo(examples.scores(Side.CANDIDATE).orElseThrow())
                    .hasSize(rows);
        }
    }

    private static String many(int rows) {
        StringBuilder text = new StringBuilder(Files.HEADER);
        IntStream.range(0, rows).forEach(i -> text.append(row(i)));
        return text.toString();
    }

    private static String row(int i) {
        return "row-" + Integer.toString(i * 7919, 36) + "," + (i & 1) + ",0." + i + "\n";
    }

    private static String reason(byte[] bytes) {
        return Files.reason(Files.join(bytes, Map.of(), PredictionLimits.DEFAULT));
    }

    private static String limited(String text, PredictionLimits limits) {
        Join.Refused refused = (Join.Refused) Files.join(Files.bytes(text), Map.of(), limits);
        assertThat(refused.code()).isEqualTo("PREDICTIONS_LIMIT");
        return refused.reason();
    }
}
