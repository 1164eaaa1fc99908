package youtubemp3.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.arbitraries.StringArbitrary;
import net.jqwik.api.lifecycle.AddLifecycleHook;

@AddLifecycleHook(ManyCases.class)
class VideoIdProperties {

    private static final String ALLOWED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";

    @Property
    void acceptsOnlyElevenAllowedCharacters(@ForAll("nearlyIds") String text) {
        boolean is = text.length() == 11 && text.chars().allMatch(c -> ALLOWED.indexOf(c) >= 0);

        assertThat(VideoId.parse(text).isPresent()).isEqualTo(is);
        if (is) {
            URI address = URI.create(new VideoId(text).watchAddress());
            assertThat(address.getHost()).isEqualTo("www.youtube.com");
            assertThat(address.getQuery()).isEqualTo("v=" + text);
        } else {
            assertThatIllegalArgumentException().isThrownBy(() -> new VideoId(text));
        }
    }

    @Provide
    Arbitrary<String> nearlyIds() {
        StringArbitrary allowed = Arbitraries.strings().withChars(ALLOWED);
        return Arbitraries.oneOf(
                allowed.ofLength(11),
                allowed.ofMinLength(9).ofMaxLength(13),
                Arbitraries.strings()
                        .withChars(ALLOWED + "\n\r\0 \u00e9\uff21\u0661&/.%")
                        .ofLength(11),
                allowed.ofLength(11).map(id -> id + "\n"),
                Arbitraries.strings().ofMaxLength(20));
    }
}
