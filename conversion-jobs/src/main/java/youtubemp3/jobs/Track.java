package youtubemp3.jobs;

/**
 * What the file is called: its tags and its name when it is downloaded.
 *
 * @param title the title, not blank
 * @param artist who it is by, or blank where no artist is named
 */
public record Track(String title, String artist) {}
