package youtubemp3.jobs.log;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.pattern.MessageConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.boot.logging.logback.ExtendedWhitespaceThrowableProxyConverter;
import org.springframework.boot.logging.logback.StructuredLogEncoder;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;

/**
 * Escapes the messages and exceptions of every log line with {@link Visible}, in each process that has this module on its class
 * path. In a pattern layout it replaces the conversion words, since the formatted line contains Spring Boot's colour codes.
 */
final class PlainLog implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

    /** Runs right after Spring Boot has configured logging. */
    @Override
    public int getOrder() {
        return LoggingApplicationListener.DEFAULT_ORDER + 1;
    }

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        ILoggerFactory log = LoggerFactory.getILoggerFactory();
        if (log instanceof LoggerContext context) {
            context.getLoggerList().forEach(PlainLog::makeVisible);
        }
    }

    private static void makeVisible(Logger logger) {
        logger.iteratorForAppenders().forEachRemaining(appender -> {
            if (appender instanceof OutputStreamAppender<ILoggingEvent> output) {
                if (output.getEncoder() instanceof PatternLayoutEncoder encoder
                        && encoder.getLayout() instanceof PatternLayout layout) {
                    makeVisible(layout);
                } else if (output.getEncoder() instanceof StructuredLogEncoder encoder) {
                    output.setEncoder(new VisibleJson(encoder));
                }
            }
        });
    }

    private static void makeVisible(PatternLayout layout) {
        for (String word : new String[] {"m", "msg", "message"}) {
            layout.getInstanceConverterMap().put(word, VisibleMessage::new);
        }
        for (String word : new String[] {"ex", "exception", "throwable", "wex", "wEx"}) {
            layout.getInstanceConverterMap().put(word, VisibleException::new);
        }
        layout.start();
    }

    private static final class VisibleMessage extends MessageConverter {

        @Override
        public String convert(ILoggingEvent event) {
            String message = super.convert(event);
            return message == null ? "" : Visible.message(message);
        }
    }

    private static final class VisibleException extends ExtendedWhitespaceThrowableProxyConverter {

        @Override
        protected String throwableProxyToString(IThrowableProxy exception) {
            return Visible.text(super.throwableProxyToString(exception));
        }
    }

    /** Spring Boot's JSON escapes only U+0000 to U+001F. The others occur only within JSON strings, where these escapes are valid. */
    private static final class VisibleJson extends EncoderBase<ILoggingEvent> {

        private final StructuredLogEncoder json;

        VisibleJson(StructuredLogEncoder json) {
            this.json = json;
        }

        @Override
        public byte[] encode(ILoggingEvent event) {
            String line = new String(json.encode(event), StandardCharsets.UTF_8);
            return Visible.text(line).getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public byte @Nullable [] headerBytes() {
            return json.headerBytes();
        }

        @Override
        public byte @Nullable [] footerBytes() {
            return json.footerBytes();
        }
    }
}
