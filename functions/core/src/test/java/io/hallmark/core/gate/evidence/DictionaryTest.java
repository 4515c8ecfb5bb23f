package io.hallmark.core.gate.evidence;

import static org.assertj.core.api.Assertions.assertThat;

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
}
