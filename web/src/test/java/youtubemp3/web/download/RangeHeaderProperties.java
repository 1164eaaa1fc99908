package youtubemp3.web.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.math.BigInteger;
import java.time.Duration;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import youtubemp3.jobs.ManyCases;
import youtubemp3.web.download.ByteRange.Kind;

@AddLifecycleHook(ManyCases.class)
class RangeHeaderProperties {

    @Property(tries = 2000)
    void asRfc9110SaysWithNumbersOfAnyLength(@ForAll("headers") String header, @ForAll("sizes") long size) {
        assertThat(RangeHeader.parse(header, size)).isEqualTo(reference(header, size));
    }

    @Property
    void neverOutsideOfTheFile(@ForAll String header, @ForAll @LongRange(min = 0) long size) {
        ByteRange range = RangeHeader.parse(header, size);

        switch (range.kind()) {
            case WHOLE -> assertThat(range).isEqualTo(new ByteRange(Kind.WHOLE, 0, size));
            case UNSATISFIABLE -> assertThat(range.length()).isZero();
            case PART -> {
                assertThat(range.start()).isBetween(0L, size - 1);
                assertThat(range.end()).isBetween(range.start() + 1, size);
            }
        }
    }

    @Property(tries = 20)
    void noHeaderIsTooLong(@ForAll("headers") String before, @ForAll("headers") String again) {
        String header = before + ("," + again).repeat(20_000);
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> RangeHeader.parse(header, 1000));
    }

    /** RFC 9110, 14.1.1 and 14.2, by hand: one range as it asks, all that is several or not well formed as a whole. */
    private static ByteRange reference(String header, long size) {
        int equals = header.indexOf('=');
        if (equals < 0 || !header.substring(0, equals).equalsIgnoreCase("bytes")) {
            return ByteRange.whole(size);
        }
        String range = null;
        for (String element : header.substring(equals + 1).split(",", -1)) {
            String bare = stripped(element);
            if (!bare.isEmpty()) {
                if (range != null) {
                    return ByteRange.whole(size);
                }
                range = bare;
            }
        }
        int dash = range == null ? -1 : range.indexOf('-');
        if (dash < 0 || !isNumber(range.substring(0, dash)) || !isNumber(range.substring(dash + 1))) {
            return ByteRange.whole(size);
        }
        BigInteger first = number(range.substring(0, dash));
        BigInteger last = number(range.substring(dash + 1));
        BigInteger all = BigInteger.valueOf(size);
        if (first == null && last == null || first != null && last != null && last.compareTo(first) < 0) {
            return ByteRange.whole(size);
        }
        BigInteger start = first != null ? first : all.subtract(last).max(BigInteger.ZERO);
        BigInteger end =
                first != null && last != null ? last.add(BigInteger.ONE).min(all) : all;
        return start.compareTo(all) >= 0
                ? ByteRange.UNSATISFIABLE
                : ByteRange.part(start.longValueExact(), end.longValueExact());
    }

    private static String stripped(String element) {
        int from = 0;
        int to = element.length();
        while (from < to && " \t".indexOf(element.charAt(from)) >= 0) {
            from++;
        }
        while (to > from && " \t".indexOf(element.charAt(to - 1)) >= 0) {
            to--;
        }
        return element.substring(from, to);
    }

    private static boolean isNumber(String text) {
        return text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static BigInteger number(String digits) {
        return digits.isEmpty() ? null : new BigInteger(digits);
    }

    @Provide
    Arbitrary<Long> sizes() {
        return Arbitraries.oneOf(
                Arbitraries.of(0L, 1L, 2L, 1000L, Long.MAX_VALUE - 1),
                Arbitraries.longs().between(0, 2000),
                Arbitraries.longs().between(0, Long.MAX_VALUE - 1));
    }

    @Provide
    Arbitrary<String> headers() {
        Arbitrary<String> numbers = Arbitraries.oneOf(
                Arbitraries.integers().between(0, 2000).map(String::valueOf),
                Arbitraries.of(
                        "", "", "00", "007", "9223372036854775806", "9223372036854775807", "9223372036854775808"),
                Arbitraries.strings().numeric().ofMaxLength(30),
                Arbitraries.of("-1", "+1", "x", "\u0661", "1.0", "1e3", "0x1"));
        Arbitrary<String> blanks = Arbitraries.of("", "", "", " ", "\t", "  ", "\u00a0", "\n");
        Arbitrary<String> ranges = Combinators.combine(
                        blanks, numbers, Arbitraries.of("-", "-", "-", "", "--", "\u2013"), numbers, blanks)
                .as((before, first, dash, last, behind) -> before + first + dash + last + behind);
        Arbitrary<String> lists = Combinators.combine(
                        Arbitraries.of("", "", ",", " , ,"),
                        ranges.list().ofMinSize(1).ofMaxSize(2),
                        Arbitraries.of("", "", ",", ", ,"))
                .as((before, all, behind) -> before + String.join(",", all) + behind);
        return Combinators.combine(
                        Arbitraries.of(
                                "bytes=", "bytes=", "bytes=", "Bytes=", "BYTES=", "bytes =", "items=", "", "bytes",
                                " bytes="),
                        lists)
                .as((unit, list) -> unit + list);
    }
}
