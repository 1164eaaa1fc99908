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
 * Makes the media files of the stand-in's videos: it computes music and encodes it with ffmpeg, so that the project ships no
 * recording.
 *
 * <p>Each file is made once per folder and reused later. A file has its final name only when it is complete.
 */
public final class Media {

    private static final Duration FFMPEG_LIMIT = Duration.ofMinutes(3);
    private static final String WEBM = ".webm";
    private static final String M4A = ".m4a";
    private static final Duration SHORT = Duration.ofSeconds(30);

    private final Path folder;
    private final String ffmpeg;

    /**
     * Keeps the files in a folder.
     *
     * @param folder the folder of the files, which is created if it is missing
     * @param ffmpeg the ffmpeg executable, built with libopus
     */
    public Media(Path folder, String ffmpeg) {
        this.folder = folder;
        this.ffmpeg = ffmpeg;
    }

    /** Keeps the files in a folder, and makes them with the {@code ffmpeg} on the PATH. */
    public Media(Path folder) {
        this(folder, "ffmpeg");
    }

    /**
     * Returns Bach's Prelude in C major: 2 minutes and 24 seconds of stereo at 48 kHz, as Opus and as AAC with 128 kbit/s.
     *
     * @throws UncheckedIOException with ffmpeg's error message if the files cannot be made
     */
    public MediaFiles prelude() {
        return cached("prelude-bwv846", Prelude.DURATION, this::encode);
    }

    /**
     * Returns the prelude cut off or repeated to the given length. The encoded audio is copied, so that even
     * an hour takes little time to make.
     *
     * @param length the length, of which whole seconds count
     * @throws UncheckedIOException with ffmpeg's error message if the files cannot be made
     */
    public MediaFiles prelude(Duration length) {
        return cached("prelude-bwv846-" + length.toSeconds() + "s", length, (webm, m4a) -> {
            prelude();
            repeat(length, webm);
            repeat(length, m4a);
        });
    }

    /**
     * Returns the first 30 seconds of the prelude.
     *
     * @throws UncheckedIOException with ffmpeg's error message if the files cannot be made
     */
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
        long repetitions = length.toSeconds() / Prelude.DURATION.toSeconds();
        List<String> command = ffmpeg("-stream_loop", Long.toString(repetitions), "-i", once.toString());
        command.addAll(List.of("-map", "0:a", "-c", "copy", "-t", Long.toString(length.toSeconds())));
        if (extension(target).equals(M4A)) {
            // ffmpeg can read an MP4 file from a pipe only if its index is at the start
            command.addAll(List.of("-movflags", "+faststart"));
        }
        command.add(target.toString());
        new Command(command, FFMPEG_LIMIT).run();
    }

    private List<String> ffmpeg(String... arguments) {
        List<String> command = new ArrayList<>(List.of(ffmpeg, "-hide_banner", "-nostdin", "-v", "error", "-y"));
        command.addAll(List.of(arguments));
        return command;
    }

    private MediaFiles cached(String name, Duration length, Recipe recipe) {
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

    /** Works for two processes at once: each writes files of its own, and an atomic move replaces a file as a whole. */
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

    /** Writes the same audio in two formats. */
    private interface Recipe {
        void make(Path webm, Path m4a) throws IOException;
    }
}
