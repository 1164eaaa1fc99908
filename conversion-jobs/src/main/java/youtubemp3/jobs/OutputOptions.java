package youtubemp3.jobs;

/**
 * What a job makes of its video. Each option is a component of this record, and a named field wherever a job is stored.
 *
 * @param format the format of the file
 */
public record OutputOptions(AudioFormat format) {

    /** What a job makes where nothing else was asked for, and what every job of the first edition makes. */
    public static final OutputOptions DEFAULT = new OutputOptions(AudioFormat.MP3);
}
