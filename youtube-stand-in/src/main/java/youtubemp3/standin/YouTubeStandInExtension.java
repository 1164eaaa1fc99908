package youtubemp3.standin;

import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import youtubemp3.standin.media.Media;
import youtubemp3.standin.video.MediaFiles;

/**
 * Gives a test class a stand-in with every {@link Scenario}, as a parameter or by {@link #standIn()}, and fails the class if
 * anything but YouTube was asked for.
 *
 * <p>A test that asks for other hosts on purpose ends with {@link YouTubeStandIn#forgetRefusedHosts()}. Nested classes share
 * the stand-in of the outermost.
 */
public final class YouTubeStandInExtension implements BeforeAllCallback, AfterAllCallback, ParameterResolver {

    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(YouTubeStandInExtension.class);

    private @Nullable YouTubeStandIn standIn;

    /**
     * The stand-in, for a static {@code @RegisterExtension} field.
     *
     * @throws IllegalStateException before the class's tests have begun
     */
    public YouTubeStandIn standIn() {
        if (standIn == null) {
            throw new IllegalStateException("not started yet");
        }
        return standIn;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        standIn = find(context);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        Set<String> refused = find(context).refusedHosts();
        if (!refused.isEmpty()) {
            throw new AssertionError("asked for hosts that are not YouTube's: " + refused);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == YouTubeStandIn.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return find(context);
    }

    /** The store of the outermost class starts it once, and closes it at the class's end. */
    private static YouTubeStandIn find(ExtensionContext context) {
        return context.getStore(NAMESPACE)
                .computeIfAbsent(YouTubeStandIn.class, key -> startWithScenarios(), YouTubeStandIn.class);
    }

    private static YouTubeStandIn startWithScenarios() {
        // kept between classes, as the certificate and the music take seconds to make
        Path folder = Path.of(System.getProperty("java.io.tmpdir"), "youtube-stand-in");
        MediaFiles media = new Media(folder.resolve("music")).thirtySeconds();
        return YouTubeStandIn.builder()
                .folder(folder)
                .videos(Scenario.videos(media))
                .start();
    }
}
