package youtubemp3.worker.extract;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;
import youtubemp3.jobs.OutputOptions;
import youtubemp3.jobs.Trim;
import youtubemp3.worker.failure.FailureKind;

/**
 * Encodes sound with a loudness of -14 LUFS (EBU R 128), that of the large streaming services. ffmpeg's filter loudnorm measures it
 * first; knowing the whole, it then changes the volume evenly where the true peaks allow that.
 */
@Component
class Loudness {

    private static final String TARGET = "loudnorm=I=-14:TP=-1.5:LRA=11";

    private static final Pattern MEASURED = Pattern.compile("\"input_(i|tp|lra|thresh)\" : \"([^\"]+)\"");
    private static final Pattern SAMPLE_RATE = Pattern.compile("Audio: [^\\n]*?\\b([0-9]{4,6}) Hz");

    private final Ffmpeg ffmpeg;

    Loudness(Ffmpeg ffmpeg) {
        this.ffmpeg = ffmpeg;
    }

    /**
     * Encodes the part of a file that is kept.
     *
     * @param fetched the sound as YouTube has it, from the start of the video
     * @param length the length of the part
     * @param progress receives how much is done, from 0 to 1
     * @return the length of what was written
     */
    Duration normalize(Path fetched, Path file, OutputOptions output, Duration length, DoubleConsumer progress)
            throws IOException, ExtractionException, InterruptedException {
        List<String> input = input(fetched, output.trim());

        List<String> measure = new ArrayList<>(List.of("-v", "info"));
        measure.addAll(input);
        measure.addAll(List.of("-af", TARGET + ":print_format=json", "-f", "null", "-"));
        String said = ffmpeg.run(measure, length, done -> progress.accept(part(done, length) / 2));

        List<String> encode = new ArrayList<>(input);
        encode.addAll(List.of("-af", filter(said), "-ar", sampleRate(said)));
        encode.addAll(List.of("-map_metadata", "-1", "-fs", String.valueOf(ffmpeg.maxBytes(length, output))));
        encode.addAll(ffmpeg.encoder(output));
        encode.add(file.toString());
        Duration[] written = {Duration.ZERO};
        ffmpeg.run(encode, length, done -> {
            written[0] = done;
            progress.accept(0.5 + part(done, length) / 2);
        });
        return written[0];
    }

    private static List<String> input(Path file, Trim trim) {
        List<String> arguments = new ArrayList<>(List.of("-ss", Ffmpeg.seconds(trim.from())));
        if (trim.to() != null) {
            arguments.addAll(List.of("-to", Ffmpeg.seconds(trim.to())));
        }
        arguments.addAll(List.of("-i", file.toString()));
        return arguments;
    }

    private static double part(Duration done, Duration length) {
        return length.isZero() ? 0 : Math.min(1, done.toMillis() / (double) length.toMillis());
    }

    /** The filter for the second run. Silence has no loudness that could be changed. */
    static String filter(String said) {
        StringBuilder filter = new StringBuilder(TARGET).append(":linear=true");
        int values = 0;
        for (Matcher matcher = MEASURED.matcher(said); matcher.find(); values++) {
            String name = matcher.group(1);
            if (!matcher.group(2).matches("-?[0-9.]+")) {
                return "anull";
            }
            // the filter refuses values outside these limits
            double least = name.equals("lra") ? 0 : -99;
            double most = name.equals("lra") || name.equals("tp") ? 99 : 0;
            double value = Math.max(least, Math.min(most, Double.parseDouble(matcher.group(2))));
            String option =
                    name.equals("i") || name.equals("lra") || name.equals("tp") ? name.toUpperCase(Locale.ROOT) : name;
            filter.append(":measured_").append(option).append('=').append(value);
        }
        return values == 4 ? filter.toString() : "anull";
    }

    /** That of the source: the filter works with 192 kHz. */
    private static String sampleRate(String said) throws ExtractionException {
        Matcher matcher = SAMPLE_RATE.matcher(said);
        if (!matcher.find()) {
            throw new ExtractionException(FailureKind.CONVERSION, "ffmpeg has named no sample rate");
        }
        return matcher.group(1);
    }
}
