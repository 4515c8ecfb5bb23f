package io.hallmark.core.gate.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalTextTest {

    private static double parse(String text) {
        byte[] bytes = Files.bytes("," + text + ",");
        return DecimalText.parse(bytes, 1, bytes.length - 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "+1",
                ".5",
                "5.",
                "1e",
                "1e+",
                "e5",
                "1.2.3",
                "0x10",
                "0x1p3",
                "1f",
                "1d",
                "NaN",
                "nan",
                "Infinity",
                "-inf",
                "1e999",
                "-1e400",
                " 1",
                "1 ",
                "1,5",
                "1_000",
                "--1",
                "1e5e5",
                "1e5.0",
                "٣"
            })
    void what_is_no_finite_decimal_is_not_a_number(String text) {
        assertThat(parse(text)).isNaN();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "1",
                "-1",
                "0.5",
                "007.50",
                "1e-05",
                "1E5",
                "2.5e+3",
                "1e-400",
                "4.9e-324",
                "1.7976931348623157e308",
                "0.1234567890123456789012345",
                "9007199254740993",
                "9007199254740993e-1",
                "123456789012345678",
                "0.000000",
                "2.2250738585072011e-308",
                "1e22",
                "1e23",
                "1e0000000001"
            })
    void what_is_one_is_the_double_that_the_platform_reads(String text) {
        assertThat(parse(text)).isEqualTo(Double.parseDouble(text));
    }

    @Test
    void minus_zero_is_zero() {
        assertThat(Double.doubleToRawLongBits(parse("-0.0"))).isZero();
        assertThat(Double.doubleToRawLongBits(parse("-0"))).isZero();
    }

    @Test
    void written_doubles_come_back() {
        long seed = 20261123;
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 200_000; i++) {
            double score = random.nextDouble() * Math.pow(10, random.nextInt(-12, 3)) * (random.nextBoolean() ? 1 : -1);
            assertThat(parse(Double.toString(score)))
                    .as("seed %d, number %d", seed, i)
                    .isEqualTo(score);
        }
    }

    @Test
    void digits_round_as_on_the_platform() {
        long seed = 20261124;
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 200_000; i++) {
            String text = "0." + "0".repeat(random.nextInt(10))
                    + BigInteger.valueOf(random.nextLong(1, 1L << random.nextInt(1, 63)));
            assertThat(parse(text)).as("seed %d, %s", seed, text).isEqualTo(Double.parseDouble(text));
        }
    }

    @Test
    void halfway_numbers_round_to_even() {
        for (int k = 1; k <= 8; k++) {
            // Halfway between two neighbouring doubles near 2^(53 - k): their distance is 2^-k.
            BigDecimal base = new BigDecimal(BigInteger.TWO.pow(53 - k));
            BigDecimal half = new BigDecimal(0.5).divide(new BigDecimal(BigInteger.TWO.pow(k)));
            for (BigDecimal text : new BigDecimal[] {base.add(half), base.add(half.multiply(BigDecimal.valueOf(3)))}) {
                assertThat(parse(text.toPlainString())).isEqualTo(text.doubleValue());
            }
        }
    }
}
