package youtubemp3.jobs.storage;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where files are stored.
 *
 * @param folder the folder of finished files; {@code work} in it holds unfinished ones. For web, reading it is enough
 */
@ConfigurationProperties("youtubemp3.storage")
public record StorageSettings(@DefaultValue("/data") Path folder) {}
