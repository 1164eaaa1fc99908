package youtubemp3.web.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;
import youtubemp3.jobs.workers.WorkerHeartbeat;
import youtubemp3.jobs.workers.WorkerHeartbeats;
import youtubemp3.standin.video.Video;
import youtubemp3.web.RunningWeb;
import youtubemp3.web.operations.RunningWorkers;

/** The start page with other settings than the defaults. */
@TestPropertySource(
        properties = {
            "youtubemp3.jobs.keep-finished=30m",
            "youtubemp3.home.examples=",
            "youtubemp3.output.formats=opus,m4a",
            "youtubemp3.output.qualities=",
            "youtubemp3.output.options=trim,cover",
        })
class HomePageTest extends RunningWeb {

    @Autowired
    private WorkerHeartbeats workers;

    @Autowired
    private RunningWorkers runningWorkers;

    @Test
    void theOtherPageSaysTheSameTime() {
        assertThat(page("/download-music/x").body()).contains("files are kept for 30 minutes.");
    }

    @Test
    void theFooterNamesTheYtDlpOfTheWorkers() {
        redis.delete("{jobs}:workers");
        runningWorkers.read();
        assertThat(page("/").body()).doesNotContain("yt-dlp");

        workers.send(new WorkerHeartbeat("1", "2026.10.26", "7.1", 2, 0, null, null, null, Instant.now()));
        runningWorkers.read();
        assertThat(page("/").body()).contains("<p>yt-dlp 2026.10.26</p>");
        assertThat(page("/download-music/x").body()).doesNotContain("yt-dlp");

        workers.send(new WorkerHeartbeat("2", "2026.05.01", "7.1", 2, 0, null, null, null, Instant.now()));
        workers.send(new WorkerHeartbeat("3", "2026.08.01", "7.1", 2, 0, null, null, null, Instant.now()));
        runningWorkers.read();
        assertThat(page("/").body()).contains("<p>yt-dlp 2026.05.01 to 2026.10.26</p>");

        SERVER.pause();
        try {
            long start = System.nanoTime();
            assertThat(page("/").statusCode()).isEqualTo(200);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
        } finally {
            SERVER.resume();
            redis.delete("{jobs}:workers");
        }
    }

    @Test
    void withoutExamplesThereIsNoHeadingForThem() {
        assertThat(page("/").body())
                .contains("<label for=\"video_url\">", "name=\"video_url\"", "action=\"./submit\"")
                .contains("Files are kept for 30 minutes.")
                .doesNotContain("Try one of these", "aria-invalid");
    }

    // ---- the options that the operator offers

    @Test
    void whatIsNotOfferedIsNotShown() {
        assertThat(page("/").body())
                .contains("name=\"format\"", "name=\"from\"", "name=\"to\"", "name=\"cover\"")
                .doesNotContain("value=\"mp3\"", "name=\"quality\"", "name=\"normalize\"", "name=\"chapters\"");
    }

    @Test
    void withoutMp3TheFirstFormatIsTheDefault() {
        assertThat(page("/").body())
                .containsPattern("value=\"opus\"[^>]* checked")
                .doesNotContainPattern("value=\"m4a\"[^>]* checked");

        assertThat(optionsOf("")).isEqualTo("{\"format\":\"opus\"}");
        assertThat(optionsOf(",\"format\":\"\",\"to\":9")).isEqualTo("{\"format\":\"opus\",\"to\":\"9\"}");
        assertThat(optionsOf(",\"format\":\"m4a\"")).isEqualTo("{\"format\":\"m4a\"}");
    }

    private String optionsOf(String more) {
        HttpResponse<String> response = submitWith(more);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        String id = json(response).at("/data/filename").stringValue();
        return json(get("/status/" + id)).get("options").toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'format':'mp3'}                 | format    | This server does not offer this format.",
                "{'format':'mp3','quality':320}   | format    | This server does not offer this format.",
                "{'quality':320}                  | quality   | This server does not offer this quality.",
                "{'normalize':true}               | normalize | This server does not offer this.",
                "{'chapters':'mark'}              | chapters  | This server does not offer this.",
            })
    void whatIsNotOfferedIsRejected(String options, String field, String sentence) {
        HttpResponse<String> response =
                submitWith("," + options.substring(1, options.length() - 1).replace('\'', '"'));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).get("message_code").stringValue()).isEqualTo("INVALID_OPTION");
        assertThat(json(response).get("error_fields").propertyNames()).containsExactly(field);
        assertThat(json(response).get("error_fields").get(field).stringValue()).startsWith(sentence);
    }

    /** As the page of an earlier job sends it. */
    @Test
    void anOptionWithoutAFieldIsRejectedAtTheLink() {
        HttpResponse<String> response = post(
                "/submit",
                "application/x-www-form-urlencoded",
                "video_url=there000001&chapters=mark",
                "Sec-Fetch-Site",
                "same-origin");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("id=\"video_url-error\">This server does not offer this.");
    }

    private HttpResponse<String> submitWith(String more) {
        YOUTUBE.add(Video.builder("there000001").title("A video").build());
        return post("/submit", "application/json", "{\"video_url\":\"there000001\"" + more + "}");
    }
}
