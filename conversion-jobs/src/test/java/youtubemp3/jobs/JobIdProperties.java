package youtubemp3.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;

@AddLifecycleHook(ManyCases.class)
class JobIdProperties {

    @Property(tries = 300)
    void acceptsUpperAndLowerCase(@ForAll long most, @ForAll long least) {
        UUID id = new UUID(most, least);

        assertThat(JobId.parse(id.toString())).contains(id);
        assertThat(JobId.parse(id.toString().toUpperCase(Locale.ROOT))).contains(id);
    }

    @Property
    void aParsedIdEqualsItsText(@ForAll("nearlyIds") String text) {
        boolean canonical = text.length() == 36;
        for (int i = 0; i < text.length() && canonical; i++) {
            boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
            canonical = dash ? text.charAt(i) == '-' : "0123456789abcdefABCDEF".indexOf(text.charAt(i)) >= 0;
        }

        assertThat(JobId.parse(text).isPresent()).isEqualTo(canonical);
        JobId.parse(text).ifPresent(id -> assertThat(id.toString()).isEqualTo(text.toLowerCase(Locale.ROOT)));
    }

    @Provide
    Arbitrary<String> nearlyIds() {
        String id = "c3f044e1-1e66-4a52-be7d-6e344fb6aec6";
        Arbitrary<String> changed = Combinators.combine(
                        Arbitraries.integers().between(0, 36),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.strings()
                                .withChars("0aFgG-\n\0 /.%\uff11\u0661")
                                .ofMaxLength(3))
                .as((at, less, more) -> id.substring(0, at) + more + id.substring(Math.min(36, at + less)));
        Arbitrary<String> hex = Arbitraries.strings().withChars("0123456789abcdefABCDEF");
        Arbitrary<String> groups = hex.list().ofSize(5).map(list -> String.join("-", list));
        return Arbitraries.oneOf(changed, groups, Arbitraries.strings().ofMaxLength(50));
    }
}
