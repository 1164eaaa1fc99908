package youtubemp3.web.http;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.springframework.context.support.MessageSourceAccessor;
import org.springframework.context.support.ResourceBundleMessageSource;

/** {@code messages.properties} without a running service, with the settings of {@code web.yml}. */
public final class TestMessages {

    private TestMessages() {}

    public static MessageSourceAccessor load() {
        ResourceBundleMessageSource source = new ResourceBundleMessageSource();
        source.setBasename("messages");
        source.setDefaultEncoding(StandardCharsets.UTF_8.name());
        source.setAlwaysUseMessageFormat(true);
        return new MessageSourceAccessor(source, Locale.ENGLISH);
    }
}
