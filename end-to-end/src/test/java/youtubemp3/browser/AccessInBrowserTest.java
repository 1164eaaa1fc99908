package youtubemp3.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.HttpCredentials;
import java.nio.file.Files;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import youtubemp3.whole.Product;

/**
 * The demo with a password, without TLS and at a name other than localhost, as in a home network, where browsers
 * send no fetch metadata headers.
 */
@Timeout(120)
class AccessInBrowserTest {

    private static final double PATIENCE = 60_000;
    private static final String PASSWORD = "a password of the tests";
    private static final String EVIL = "http://evil.test/";
    private static final Pattern SUBMIT = Pattern.compile(".*/submit");

    private static Product product;
    private static String home;
    private static Playwright playwright;
    private static Browser browser;

    private BrowserContext context;

    @BeforeAll
    static void start() throws Exception {
        product = Product.start(
                Files.createTempDirectory("access"), "yt-dlp", "--demo", "--youtubemp3.access.password=" + PASSWORD);
        home = "http://mp3.test:" + product.address().getPort() + "/";
        playwright = Chromium.playwright();
        browser = Chromium.launch(playwright, "--host-resolver-rules=MAP mp3.test 127.0.0.1");
    }

    @AfterAll
    static void stop() {
        if (playwright != null) {
            playwright.close();
        }
        product.close();
    }

    @AfterEach
    void noCookieIsSet() {
        assertThat(context.cookies()).isEmpty();
        context.close();
    }

    @Test
    void withoutThePasswordOnlyTheErrorPageIsShown() {
        // without any credentials the browser would show its own dialogue
        Page page = open(new Browser.NewContextOptions().setHttpCredentials(new HttpCredentials("anybody", "a guess")));

        assertThat(page.navigate(home).status()).isEqualTo(401);
        assertThat(page.getByRole(AriaRole.HEADING)).hasText("A password or a token is needed here.");
    }

    @Test
    void theScriptWorksWithThePassword() {
        Page page = open(known(true));
        page.navigate(home);
        submit(page, "demo0000005");

        assertThat(page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Download the file")))
                .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE));
    }

    @Test
    void thePlainFormWorksByItsOriginHeader() {
        Page page = open(known(false));
        page.navigate(home);
        Response response = page.waitForResponse(SUBMIT, () -> submit(page, "demo0000001"));

        Map<String, String> sent = response.request().allHeaders();
        assertThat(sent)
                .containsEntry("origin", home.substring(0, home.length() - 1))
                .doesNotContainKey("sec-fetch-site");
        assertThat(response.status()).isEqualTo(303);
        assertThat(page).hasURL(Pattern.compile(".*/download-music/[0-9a-f-]{36}\\?wish=[0-9a-f-]{36}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"strict-origin-when-cross-origin", "no-referrer"})
    void aPageOfAnotherSiteCannotSubmit(String referrer) {
        Page page = open(known(true));
        // from here on the browser sends the password
        page.navigate(home);
        page.route(
                EVIL,
                route -> route.fulfill(new Route.FulfillOptions()
                        .setContentType("text/html")
                        .setBody("<meta name=referrer content=" + referrer + "><form method=post action=" + home
                                + "submit><input name=video_url value=demo0000001><button>A kitten</button></form>")));
        page.navigate(EVIL);
        Response response =
                page.waitForResponse(SUBMIT, () -> page.getByText("A kitten").click());

        assertThat(response.request().allHeaders())
                .containsEntry("origin", referrer.equals("no-referrer") ? "null" : "http://evil.test")
                .doesNotContainKey("sec-fetch-site");
        assertThat(response.status()).isEqualTo(403);
    }

    private Page open(Browser.NewContextOptions options) {
        context = browser.newContext(options);
        context.setDefaultTimeout(PATIENCE);
        return context.newPage();
    }

    private static Browser.NewContextOptions known(boolean script) {
        return new Browser.NewContextOptions()
                .setJavaScriptEnabled(script)
                .setHttpCredentials(new HttpCredentials("anybody", PASSWORD));
    }

    private static void submit(Page page, String link) {
        page.getByLabel("YouTube link").fill(link);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Convert"))
                .click();
    }
}
