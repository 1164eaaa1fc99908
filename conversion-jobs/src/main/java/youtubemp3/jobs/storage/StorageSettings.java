package youtubemp3.jobs.storage;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the store.
 *
 * @param folder the folder of finished files; its subfolder {@code work} holds unfinished ones. Web needs only read access
 */
@ConfigurationProperties("youtubemp3.storage")
public record StorageSettings(@DefaultValue("/data") Path folder) {}
