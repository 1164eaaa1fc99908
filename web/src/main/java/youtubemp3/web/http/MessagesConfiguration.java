package youtubemp3.web.http;

import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.MessageSourceAccessor;

/** Provides the messages of {@code messages.properties}, always in English: see {@link FixedLocaleFilter}. */
@Configuration(proxyBeanMethods = false)
class MessagesConfiguration {

    @Bean
    MessageSourceAccessor messages(MessageSource source) {
        return new MessageSourceAccessor(source, Locale.ENGLISH);
    }
}
