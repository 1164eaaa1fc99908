package youtubemp3.standin.media;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import youtubemp3.standin.music.Prelude;
import youtubemp3.standin.process.Command;
import youtubemp3.standin.video.MediaFiles;

/**
 * Makes music to serve: no recording is shipped, and none is needed from elsewhere.
 *
 * <p>Files are made once a folder and found again; they appear under their names only when they are whole.
 */
public final class Media {

    private static final Duration FFMPEG_LIMIT = Duration.ofMinutes(3);
    private static final String WEBM = ".webm";
    private static final String M4A = ".m4a";
    private static final Duration SHORT = Duration.ofSeconds(30);

    private final Path folder;
    private final String ffmpeg;

    /**
     * Media in a folder.
     *
     * @param folder where they are kept; made if it is missing
     * @param ffmpeg the executable, with libopus
     */
    public Media(Path folder, String ffmpeg) {
        this.folder = folder;
        this.ffmpeg = ffmpeg;
    }

    /** With the {@code ffmpeg} on the path. */
    public Media(Path folder) {
        this(folder, "ffmpeg");
    }

    /**
     * Bach's prelude in C major, 2 minutes and 24 seconds of stereo at 48 kHz, as Opus and as AAC of 128 kbit/s.
     *
     * @throws UncheckedIOException with ffmpeg's own words if it does not make them
     */
    public MediaFiles prelude() {
        return kept("prelude-bwv846", Prelude.DURATION, this::encode);
    }

    /** The prelude for so many seconds: cut off, or over and over; not encoded again, so that an hour is made at once. */
    public MediaFiles prelude(Duration length) {
        return kept("prelude-bwv846-" + length.toSeconds() + "s", length, (webm, m4a) -> {
            prelude();
            repeat(length, webm);
            repeat(length, m4a);
        });
    }

    /** The first half minute of the prelude. */
    public MediaFiles thirtySeconds() {
        return prelude(SHORT);
    }

    private void encode(Path webm, Path m4a) throws IOException {
        Path pcm = Files.createTempFile(folder, "prelude", ".pcm");
        try {
            try (OutputStream out = Files.newOutputStream(pcm)) {
                Prelude.play(out);
            }
            List<String> command = ffmpeg("-f", "s16le", "-ar", Integer.toString(Prelude.SAMPLE_RATE));
            command.addAll(List.of("-ac", "2", "-i", "pipe:0"));
            command.addAll(List.of("-c:a", "libopus", "-b:a", "128k", "-vbr", "constrained", webm.toString()));
            command.addAll(List.of("-c:a", "aac", "-b:a", "128k", "-movflags", "+faststart", m4a.toString()));
            new Command(command, FFMPEG_LIMIT).run(pcm);
        } finally {
            Files.deleteIfExists(pcm);
        }
    }

    private void repeat(Duration length, Path target) throws IOException {
        Path once = folder.resolve("prelude-bwv846" + extension(target));
        long again = length.toSeconds() / Prelude.DURATION.toSeconds();
        List<String> command = ffmpeg("-stream_loop", Long.toString(again), "-i", once.toString());
        command.addAll(List.of("-map", "0:a", "-c", "copy", "-t", Long.toString(length.toSeconds())));
        if (extension(target).equals(M4A)) {
            command.addAll(List.of("-movflags", "+faststart")); // readable from a pipe
        }
        command.add(target.toString());
        new Command(command, FFMPEG_LIMIT).run();
    }

    private List<String> ffmpeg(String... arguments) {
        List<String> command = new ArrayList<>(List.of(ffmpeg, "-hide_banner", "-nostdin", "-v", "error", "-y"));
        command.addAll(List.of(arguments));
        return command;
    }

    private MediaFiles kept(String name, Duration length, Recipe recipe) {
        Path webm = folder.resolve(name + WEBM);
        Path m4a = folder.resolve(name + M4A);
        if (Files.notExists(webm) || Files.notExists(m4a)) {
            try {
                make(recipe, webm, m4a);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot make " + webm + ": " + e.getMessage(), e);
            }
        }
        return new MediaFiles(webm, m4a, length);
    }

    /** Two that make the same at once both succeed: each has drafts of its own, and a file is replaced whole. */
    private void make(Recipe recipe, Path webm, Path m4a) throws IOException {
        Files.createDirectories(folder);
        String draft = "draft-" + UUID.randomUUID();
        Path webmDraft = folder.resolve(draft + WEBM);
        Path m4aDraft = folder.resolve(draft + M4A);
        try {
            recipe.make(webmDraft, m4aDraft);
            Files.move(webmDraft, webm, StandardCopyOption.ATOMIC_MOVE);
            Files.move(m4aDraft, m4a, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(webmDraft);
            Files.deleteIfExists(m4aDraft);
        }
    }

    private static String extension(Path file) {
        return file.toString().endsWith(WEBM) ? WEBM : M4A;
    }

    /** Makes the same audio twice. */
    private interface Recipe {
        void make(Path webm, Path m4a) throws IOException;
    }
}
