package youtubemp3.jobs.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.logging.LoggingSystemProperty;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/** Logs through a started Spring application. */
@ExtendWith(OutputCaptureExtension.class)
class PlainLogTest {

    /** Characters that a terminal interprets: colours, the C1 escape, bidirectional marks, line separators, a backspace. */
    private static final String EVIL = "a\u001b[31mb\u009b31mc\u202ed\u2028e\rf\bg\u007fh\u200bi\u0000j";

    private static final String SEEN =
            "a\\u001b[31mb\\u009b31mc\\u202ed\\u2028e\\u000df\\u0008g\\u007fh\\u200bi\\u0000j";

    /** Spring Boot leaves them in the process, where the next test's application would find them. */
    @AfterEach
    void clearLoggingProperties() {
        Stream.of(LoggingSystemProperty.values())
                .map(LoggingSystemProperty::getEnvironmentVariableName)
                .forEach(System::clearProperty);
    }

    @Test
    void controlCharactersAreEscaped(CapturedOutput output) {
        try (ConfigurableApplicationContext application = start()) {
            LoggerFactory.getLogger("test").warn("message {}", EVIL);
        }
        assertThat(output.getOut()).contains("message " + SEEN);
        assertPlain(output);
    }

    @Test
    void exceptionsAndTheirCausesAreEscaped(CapturedOutput output) {
        try (ConfigurableApplicationContext application = start()) {
            IllegalStateException fault =
                    new IllegalStateException("outer " + EVIL, new RuntimeException("cause " + EVIL));
            fault.addSuppressed(new RuntimeException("suppressed " + EVIL));
            LoggerFactory.getLogger("test").error("it failed", fault);
        }
        assertThat(output.getOut()).contains("outer " + SEEN, "cause " + SEEN, "suppressed " + SEEN, "\tat youtubemp3");
        assertPlain(output);
    }

    @Test
    void aMessageOfSeveralLinesCannotForgeALogLine(CapturedOutput output) {
        try (ConfigurableApplicationContext application = start()) {
            LoggerFactory.getLogger("test").warn("first\n2026-11-27 WARN forged");
        }
        assertThat(output.getOut()).contains("first\n    2026-11-27 WARN forged");
    }

    @Test
    void aCustomPatternIsEscaped(CapturedOutput output) {
        try (ConfigurableApplicationContext application = start("--logging.pattern.console=%msg%n%ex")) {
            LoggerFactory.getLogger("test").warn("own " + EVIL, new RuntimeException("fault " + EVIL));
        }
        assertThat(output.getOut()).contains("own " + SEEN, "fault " + SEEN);
        assertPlain(output);
    }

    @Test
    void theStructuredLogIsEscaped(CapturedOutput output) {
        try (ConfigurableApplicationContext application = start("--logging.structured.format.console=ecs")) {
            LoggerFactory.getLogger("test").warn("json " + EVIL, new RuntimeException("fault " + EVIL));
        }
        assertThat(output.getOut()).contains("json a\\u001B");
        assertPlain(output);
    }

    private static void assertPlain(CapturedOutput output) {
        assertThat(output.getOut().chars().filter(c -> c != '\n' && c != '\t')).allMatch(c -> c >= ' ' && c < 0x7f);
    }

    private static ConfigurableApplicationContext start(String... more) {
        String[] arguments = Arrays.copyOf(more, more.length + 1);
        arguments[more.length] = "--spring.main.banner-mode=off";
        SpringApplication application = new SpringApplication(PlainLogTest.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        return application.run(arguments);
    }
}
