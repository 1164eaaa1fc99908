package youtubemp3.web.download;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where finished files are.
 *
 * @param folder the folder that the workers publish into; reading it is enough
 */
@Validated
@ConfigurationProperties("youtubemp3.download")
record DownloadSettings(@DefaultValue("/data") Path folder) {}
