package youtubemp3.worker.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafeFileNameTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    AC/DC: Back "in" Black? | AC DC Back in Black
                    ../../etc/passwd        | etc passwd
                    C:\\Windows\\*.<exe>|   | C Windows . exe
                    The End...              | The End
                    Jóga 稻香 🎄             | Jóga 稻香 🎄
                    ....                    | ''
                    """)
    void hasNoCharacterThatASystemForbids(String text, String name) {
        assertThat(SafeFileName.of(text)).isEqualTo(name);
    }

    @Test
    void isShortEnoughInBytesAndEndsWithAWholeCharacter() {
        String name = SafeFileName.of("🎄".repeat(300));

        assertThat(name.getBytes(StandardCharsets.UTF_8)).hasSize(180);
        assertThat(name).isEqualTo("🎄".repeat(45));
    }
}
