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
 * Provides a test class with a stand-in that has the video of each {@link Scenario} and the playlist of each {@link
 * PlaylistScenario}, as a parameter or by {@link
 * #standIn()}. The class fails if its tests request a host that is not YouTube's.
 *
 * <p>A test that requests other hosts on purpose calls {@link YouTubeStandIn#forgetRefusedHosts()} at its end. Nested
 * classes share the stand-in of the outermost class.
 */
public final class YouTubeStandInExtension implements BeforeAllCallback, AfterAllCallback, ParameterResolver {

    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(YouTubeStandInExtension.class);

    private @Nullable YouTubeStandIn standIn;

    /**
     * Returns the stand-in, for use with a static {@code @RegisterExtension} field.
     *
     * @throws IllegalStateException if the tests of the class have not started
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
            throw new AssertionError("requests to hosts that are not YouTube's: " + refused);
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

    /** Starts the stand-in once per outermost class; JUnit's store closes it at the end of that class. */
    private static YouTubeStandIn find(ExtensionContext context) {
        return context.getStore(NAMESPACE)
                .computeIfAbsent(YouTubeStandIn.class, key -> startWithScenarios(), YouTubeStandIn.class);
    }

    private static YouTubeStandIn startWithScenarios() {
        // all classes share the folder, because the certificate and the music take seconds to make
        Path folder = Path.of(System.getProperty("java.io.tmpdir"), "youtube-stand-in");
        MediaFiles media = new Media(folder.resolve("music")).thirtySeconds();
        return YouTubeStandIn.builder()
                .folder(folder)
                .videos(Scenario.videos(media))
                .videos(Album.videos(media))
                .playlists(PlaylistScenario.playlists(media))
                .start();
    }
}
