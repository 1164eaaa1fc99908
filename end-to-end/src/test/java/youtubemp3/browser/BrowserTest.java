package youtubemp3.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import youtubemp3.whole.Product;

/** Tests the demo in a real browser. Screenshots are stored below {@code target}. */
@Timeout(120)
class BrowserTest {

    private static final int PHONE = 360;
    private static final int DESKTOP = 1280;
    private static final double PATIENCE = 60_000;
    private static final Path PICTURES = Path.of("target", "pictures");

    private static Product product;
    private static Playwright playwright;
    private static Browser browser;

    private final Set<String> hosts = Collections.synchronizedSet(new TreeSet<>());
    private final List<String> complaints = Collections.synchronizedList(new java.util.ArrayList<>());
    private BrowserContext context;

    @BeforeAll
    static void start() throws Exception {
        product = Product.start(Files.createTempDirectory("browser"), "yt-dlp", "--demo");
        playwright = Chromium.playwright();
        browser = Chromium.launch(playwright);
    }

    @AfterAll
    static void stop() {
        if (playwright != null) {
            playwright.close();
        }
        product.close();
    }

    @AfterEach
    void noErrorsAndNoRequestsToOtherSites() {
        context.close();
        assertThat(hosts).containsOnly(product.address().getAuthority());
        assertThat(complaints).isEmpty();
    }

    private Page open(int width, boolean script, ColorScheme colours) {
        context = browser.newContext(new Browser.NewContextOptions()
                .setViewportSize(width, 800)
                .setJavaScriptEnabled(script)
                .setColorScheme(colours)
                .setAcceptDownloads(true));
        context.setDefaultTimeout(PATIENCE);
        Page page = context.newPage();
        page.onRequest(request -> hosts.add(URI.create(request.url()).getAuthority()));
        page.onPageError(error -> complaints.add("script: " + error));
        page.onConsoleMessage(message -> {
            // excludes the browser's messages about intended error responses
            if (message.type().equals("error") && !message.text().startsWith("Failed to load resource")) {
                complaints.add(message.text());
            }
        });
        page.navigate(product.address().toString());
        return page;
    }

    private static void submit(Page page, String link) {
        page.getByLabel("YouTube link").fill(link);
        button(page, "Convert").click();
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    private static Locator link(Page page, String name) {
        return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name));
    }

    private static LocatorAssertions.IsVisibleOptions patiently() {
        return new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE);
    }

    private static void assertFits(Page page) {
        assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                .as("the page fits the width of the screen")
                .isLessThanOrEqualTo(page.viewportSize().width);
    }

    private static void picture(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")));
    }

    @Test
    void aPastedLinkBecomesADownload() throws Exception {
        Page page = open(DESKTOP, true, ColorScheme.LIGHT);
        picture(page, "home");
        submit(page, "https://youtu.be/demo0000001");
        assertThat(page.getByText("Prelude in C major, BWV 846").first()).isVisible(patiently());
        assertThat(page.getByText("Downloading and converting").first()).isVisible(patiently());
        picture(page, "progress");

        Locator download = link(page, "Download the file");
        assertThat(download).isVisible(patiently());
        picture(page, "ready");
        Download file = page.waitForDownload(download::click);
        assertThat(file.suggestedFilename()).isEqualTo("Johann Sebastian Bach - Prelude in C major, BWV 846.mp3");
        assertThat(Files.size(file.path())).isGreaterThan(3_000_000);
    }

    @Test
    void anInvalidLinkIsReportedAtTheFieldWhichKeepsItsText() {
        Page page = open(PHONE, true, ColorScheme.LIGHT);
        submit(page, "https://example.org/");
        Locator field = page.getByLabel("YouTube link");
        assertThat(page.getByRole(AriaRole.ALERT)).not().isEmpty();
        assertThat(field).hasAttribute("aria-invalid", "true");
        assertThat(field).hasValue("https://example.org/");
        assertFits(page);
        picture(page, "wrong-link-phone");
    }

    @Test
    void aTextOfSeveralLinesCanBePasted() {
        Page page = open(PHONE, true, ColorScheme.LIGHT);
        paste(page, "Watch \"Prelude\" on YouTube\nhttps://youtu.be/demo0000001?si=x\n");
        button(page, "Convert").click();

        assertThat(page.getByText("Prelude in C major, BWV 846").first()).isVisible(patiently());
    }

    /** With spaces in place of line ends where they are pasted, and with nothing where a script or a drop sets the value. */
    @Test
    void linksToTwoVideosAreRejectedHoweverTheBrowserJoinsThem() {
        String text = "https://youtu.be/demo0000001\nhttps://youtu.be/demo0000002";
        Page page = open(PHONE, true, ColorScheme.LIGHT);
        Locator field = page.getByLabel("YouTube link");
        paste(page, text);
        assertThat(field).hasValue(text.replace('\n', ' '));
        button(page, "Convert").click();
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("different videos");

        field.evaluate("(field, text) => field.value = text", text);
        field.dispatchEvent("input");
        assertThat(field).hasValue(text.replace("\n", ""));
        assertThat(page.locator("#video_url-error")).isHidden();
        button(page, "Convert").click();
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("different videos");
        assertFits(page);
        picture(page, "two-links-phone");
    }

    /** Copies the text out of a field with lines, as from another page. */
    private static void paste(Page page, String text) {
        page.evaluate("document.body.prepend(document.createElement('textarea'))");
        Locator other = page.locator("textarea");
        other.fill(text);
        other.press("Control+a");
        other.press("Control+c");
        other.evaluate("element => element.remove()");
        page.getByLabel("YouTube link").press("Control+v");
    }

    // ---- the options

    @ParameterizedTest
    @CsvSource({"360, LIGHT", "360, DARK", "1280, LIGHT", "1280, DARK"})
    void theOptionsAreBehindOneLineAndFit(int width, ColorScheme colours) {
        Page page = open(width, true, colours);
        assertThat(page.getByLabel("Start at")).isHidden();
        options(page).click();
        assertThat(page.getByLabel("Start at")).isVisible();
        assertFits(page);
        picture(page, "options-" + width + "-" + colours);
        assertThat((List<?>) page.evaluate("""
                        [...document.querySelectorAll('form.card :is(input:not([type=radio], [type=checkbox]), select,'
                            + ' summary, button, label:has(input))')]
                          .filter(target => target.getBoundingClientRect().height < 24)
                          .map(target => target.outerHTML)""")).as("too small to be hit").isEmpty();
    }

    @Test
    void theOptionsAreReachedByKeyboardAndSent() {
        Page page = open(DESKTOP, true, ColorScheme.LIGHT);
        page.getByLabel("YouTube link").fill("demo0000005");
        options(page).focus();
        page.keyboard().press("Enter");
        String[] names = {"format", "quality", "cover", "chapters", "from", "to", "normalize"};
        for (String name : names) {
            page.keyboard().press("Tab");
            assertThat(page.evaluate("document.activeElement.name")).isEqualTo(name);
            assertThat((String) page.evaluate("getComputedStyle(document.activeElement).outlineStyle"))
                    .as("the focus is visible on " + name)
                    .isEqualTo("solid");
        }
        page.keyboard().press("Space");
        page.getByLabel("MP3 quality").selectOption("128");
        page.getByLabel("Start at").fill("0:02.5");

        Request request = page.waitForRequest(
                Pattern.compile(".*/submit"), () -> button(page, "Convert").click());

        assertThat(request.postData())
                .isEqualTo(
                        "{\"video_url\":\"demo0000005\",\"format\":\"mp3\",\"quality\":\"128\",\"cover\":\"original\","
                                + "\"chapters\":\"none\",\"from\":\"0:02.5\",\"to\":\"\",\"normalize\":\"true\"}");
        assertThat(link(page, "Download the file")).isVisible(patiently());
    }

    @Test
    void whatOnlyAnMp3HasIsTurnedOffForOtherFormats() {
        Page page = open(PHONE, true, ColorScheme.LIGHT);
        options(page).click();
        page.getByLabel("M4A").check();
        assertThat(page.getByLabel("MP3 quality")).isDisabled();
        assertThat(page.getByLabel("Even out the loudness")).isDisabled();
        page.getByLabel("MP3 \u2013").check();
        assertThat(page.getByLabel("MP3 quality")).isEnabled();
    }

    @Test
    void anInvalidOptionIsReportedAtItsFieldUntilItIsChanged() {
        Page page = open(PHONE, true, ColorScheme.LIGHT);
        options(page).click();
        page.getByLabel("Start at").fill("1:00");
        page.getByLabel("End at").fill("0:30");
        options(page).click();
        submit(page, "demo0000001");

        Locator end = page.getByLabel("End at");
        assertThat(end).isFocused();
        assertThat(end).hasAttribute("aria-invalid", "true");
        assertThat(page.getByRole(AriaRole.ALERT)).hasText("The end must be after the start.");
        assertThat(page.getByRole(AriaRole.ALERT)).hasId("to-error");
        assertFits(page);
        picture(page, "wrong-option-phone");

        end.fill("1:30");
        assertThat(page.locator("#to-error")).isHidden();
        assertThat(page.locator("[aria-invalid]")).hasCount(0);
    }

    @Test
    void theTimeOfALinkIsOfferedAsTheStart() {
        Page page = open(PHONE, true, ColorScheme.LIGHT);
        Map<String, String> starts = Map.of(
                "https://youtu.be/demo0000001?t=90", "1:30",
                "https://youtu.be/demo0000001?si=x&t=90s", "1:30",
                "youtube.com/watch?t=1m30s&v=demo0000001", "1:30",
                "https://www.youtube.com/embed/demo0000001?start=62", "1:02",
                "https://www.youtube.com/watch?v=demo0000001#t=1h2m3s", "1:02:03",
                "https://www.youtube.com/watch?v=demo0000001&amp;t=2h", "2:00:00",
                "https://youtu.be/demo0000001?t=0", "",
                "https://youtu.be/demo0000001?t=soon", "",
                "https://youtu.be/demo0000001?list=t&start_radio=1", "",
                "https://youtu.be/demo0000001", "");
        starts.forEach((link, start) -> {
            page.getByLabel("YouTube link").fill(link);
            assertThat(page.locator("#from")).hasValue(start);
            assertThat(page.getByText("The start is from the link"))
                    .isVisible(new LocatorAssertions.IsVisibleOptions().setVisible(!start.isEmpty()));
        });
        assertThat(page.getByLabel("Start at")).isVisible();
    }

    @Test
    void aLinkWithoutATimeLeavesTheOptionsClosed() {
        Page page = open(PHONE, true, ColorScheme.LIGHT);
        page.getByLabel("YouTube link").fill("https://youtu.be/demo0000001");
        assertThat(page.getByLabel("Start at")).isHidden();
    }

    @Test
    void theOfferFollowsTheLinkButNotWhatAPersonTyped() {
        Page page = open(DESKTOP, true, ColorScheme.LIGHT);
        Locator field = page.getByLabel("YouTube link");
        Locator from = page.getByLabel("Start at");
        field.fill("https://youtu.be/demo0000001?t=90");
        field.fill("https://youtu.be/demo0000001?t=60");
        assertThat(from).hasValue("1:00");
        field.fill("https://youtu.be/demo0000001");
        assertThat(from).hasValue("");
        assertThat(page.getByText("The start is from the link")).isHidden();

        from.fill("0:05");
        field.fill("https://youtu.be/demo0000001?t=90");
        assertThat(from).hasValue("0:05");
    }

    @Test
    void withoutScriptAnInvalidOptionComesBackAtItsFieldWithAllThatWasChosen() {
        Page page = open(PHONE, false, ColorScheme.LIGHT);
        options(page).click();
        page.getByLabel("M4A").check();
        page.getByLabel("Start at").fill("soon");
        page.getByLabel("Cover").selectOption("square");
        Response response =
                page.waitForResponse(Pattern.compile(".*/submit"), () -> submit(page, "https://youtu.be/demo0000001"));
        page.waitForURL(Pattern.compile(".*/submit"));

        assertThat(response.status()).isEqualTo(400);
        assertThat(page.getByLabel("YouTube link")).hasValue("https://youtu.be/demo0000001");
        assertThat(page.getByLabel("M4A")).isChecked();
        assertThat(page.getByLabel("Cover")).hasValue("square");
        assertThat(page.getByLabel("Start at")).hasValue("soon");
        assertThat(page.getByLabel("Start at")).isFocused();
        assertThat(page.getByRole(AriaRole.ALERT)).hasId("from-error");
        assertFits(page);
    }

    private static Locator options(Page page) {
        return page.getByText("More options");
    }

    @Test
    void aFailedVideoShowsItsReasonAndOffersARetryWithItsOptions() {
        Page page = open(PHONE, true, ColorScheme.LIGHT);
        options(page).click();
        page.getByLabel("Start at").fill("0:01");
        page.getByLabel("Cover").selectOption("square");
        submit(page, "demo0000003");
        assertThat(page.getByText("This video is private.").first()).isVisible(patiently());
        assertThat(button(page, "Try again")).isVisible();
        assertFits(page);
        picture(page, "failed-phone");

        Request request = page.waitForRequest(
                Pattern.compile(".*/submit"), () -> button(page, "Try again").click());
        assertThat(request.postData())
                .contains("\"format\":\"mp3\"", "\"from\":\"1\"", "\"cover\":\"square\"", "demo0000003");
        assertThat(page.getByRole(AriaRole.ALERT)).hasText("This video is private.");
    }

    @Test
    void theJobSurvivesAReload() {
        Page page = open(DESKTOP, true, ColorScheme.LIGHT);
        submit(page, "demo0000005");
        assertThat(link(page, "Download the file")).isVisible(patiently());
        page.reload();
        assertThat(link(page, "Download the file")).isVisible(patiently());
    }

    @Test
    void theKeyboardIsSufficient() {
        Page page = open(DESKTOP, true, ColorScheme.LIGHT);
        for (int i = 0; i < 10 && !"video_url".equals(page.evaluate("document.activeElement.id")); i++) {
            page.keyboard().press("Tab");
        }
        page.keyboard().type("demo0000005");
        page.keyboard().press("Enter");
        assertThat(link(page, "Download the file")).isVisible(patiently());
    }

    @Test
    void aClickOnAnExampleSubmitsIt() {
        Page page = open(PHONE, true, ColorScheme.DARK);
        button(page, "A live stream").click();
        assertThat(page.getByText("This video is live now").first()).isVisible(patiently());
    }

    @Test
    void withoutScriptThePageRefreshesItselfUntilTheFileIsReady() {
        Page page = open(PHONE, false, ColorScheme.LIGHT);
        // no other test has asked for this part
        page.locator("summary").click();
        page.locator("#to").fill("2:11");
        submit(page, "demo0000001");
        assertThat(page).hasURL(Pattern.compile(".*/download-music/[0-9a-f-]{36}\\?wish=[0-9a-f-]{36}"));
        assertFits(page);
        picture(page, "not-ready-phone");
        // the refreshed page is the file, which the browser downloads
        Download file = page.waitForDownload(() -> {});
        assertThat(file.suggestedFilename()).endsWith("BWV 846.mp3");
    }

    @Test
    void withoutScriptAnInvalidLinkRendersTheFormAgain() {
        Page page = open(PHONE, false, ColorScheme.LIGHT);
        Response response = page.waitForResponse(Pattern.compile(".*/submit"), () -> submit(page, "nonsense"));
        page.waitForURL(Pattern.compile(".*/submit"));
        assertThat(response.status()).isEqualTo(400);
        assertThat(page.getByLabel("YouTube link")).hasValue("nonsense");
        assertThat(page.getByRole(AriaRole.ALERT)).isVisible();
        assertFits(page);
    }

    @ParameterizedTest
    @CsvSource({"360, LIGHT", "360, DARK", "1280, LIGHT", "1280, DARK"})
    void theStartPageFitsAndFollowsTheColourScheme(int width, ColorScheme colours) {
        Page page = open(width, true, colours);
        assertFits(page);
        picture(page, "home-" + width + "-" + colours);
        String background = (String) page.evaluate("getComputedStyle(document.documentElement).backgroundColor");
        int[] channels = Pattern.compile("\\D+")
                .splitAsStream(background.replaceFirst("\\D+", ""))
                .limit(3)
                .mapToInt(Integer::parseInt)
                .toArray();
        assertThat(channels[0] > 128).as(background).isEqualTo(colours == ColorScheme.LIGHT);
    }

    @ParameterizedTest
    @CsvSource({"360", "1280"})
    void anUnknownFileHasAPageOfItsOwn(int width) {
        Page page = open(width, true, ColorScheme.LIGHT);
        Response response = page.navigate(product.address() + "download-music/not-a-uuid");
        assertThat(response.status()).isEqualTo(404);
        assertFits(page);
        picture(page, "invalid-" + width);
    }
}
