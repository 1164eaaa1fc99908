package youtubemp3.web.download;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of downloads.
 *
 * @param folder the folder of finished files, which the workers write; web needs to read it only
 */
@Validated
@ConfigurationProperties("youtubemp3.download")
record DownloadSettings(@DefaultValue("/data") Path folder) {}
