package youtubemp3.worker.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputTailTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "[debug] Proxy map: {'http': 'socks5://user:secret@p:1'}, [debug] Proxy map: {'http': 'socks5://p:1'}",
                "http://secret@p:1 and http://u:secret@q:2/a@b, http://p:1 and http://q:2/a@b",
                "https://www.youtube.com/@name, https://www.youtube.com/@name",
                "mail user@example.org, mail user@example.org",
            })
    void passwordsInAddressesAreLeftOut(String line, String shown) {
        OutputTail output = new OutputTail();
        output.add(line);

        assertThat(output.tail()).isEqualTo(shown);
        assertThat(output.text()).isEqualTo(shown + "\n");
    }
}
