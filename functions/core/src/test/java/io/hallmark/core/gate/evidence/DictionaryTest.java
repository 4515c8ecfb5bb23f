package io.hallmark.core.gate.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DictionaryTest {

    @Test
    void texts_of_all_lengths_are_found_whatever_block_they_end_in() throws Refusal {
        long seed = 3;
        Random random = new Random(seed);
        Dictionary dictionary = new Dictionary(8);
        Map<String, Integer> codes = new HashMap<>();
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            String text = Integer.toString(random.nextInt(4000), 36).repeat(random.nextInt(60));
            byte[] bytes = Files.bytes("<" + text + ">");
            int end = bytes.length - 1;
            Integer known = codes.get(text);
            assertThat(dictionary.find(bytes, 1, end))
                    .as("seed %d, text %d", seed, i)
                    .isEqualTo(known == null ? Dictionary.NONE : known);
            if (known == null) {
                codes.put(text, texts.size());
                texts.add(text);
                assertThat(dictionary.add(bytes, 1, end)).isEqualTo(texts.size() - 1);
            }
            assertThat(dictionary.add(bytes, 1, end)).isEqualTo(Dictionary.NONE);
            assertThat(dictionary.codeOf(bytes, 1, end)).isEqualTo(codes.get(text));
        }
        assertThat(dictionary.texts()).isEqualTo(texts);
        assertThat(dictionary.textOf(texts.size() - 1)).isEqualTo(texts.get(texts.size() - 1));
    }

    @Test
    void texts_that_are_made_to_collide_are_refused_instead_of_compared_forever() throws Refusal {
        Dictionary dictionary = new Dictionary(13);
        for (int i = 0; i <= 10_000; i++) {
            byte[] bytes = colliding(i);
            assertThat(dictionary.add(bytes, 0, bytes.length)).isEqualTo(i);
        }
        byte[] next = colliding(10_001);
        assertThatThrownBy(() -> dictionary.add(next, 0, next.length))
                .isInstanceOf(Refusal.class)
                .hasMessage("more than 10000 texts of a column are made to collide");
    }

    /** Eight bytes whose hash has zeros in its upper half: the hash of eight bytes, taken backwards. */
    private static byte[] colliding(long low) {
        long seed = 0x9e37_79b9_7f4a_7c15L;
        long mix = 0xff51_afd7_ed55_8ccdL;
        long hash = low * inverse(seed);
        hash ^= (hash >>> 29) ^ (hash >>> 58);
        hash *= inverse(mix);
        hash ^= hash >>> 32;
        hash = (hash * inverse(mix)) ^ seed ^ Long.BYTES;
        return ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(hash)
                .array();
    }

    private static long inverse(long odd) {
        return BigInteger.valueOf(odd)
                .modInverse(BigInteger.ONE.shiftLeft(Long.SIZE))
                .longValue();
    }
}
