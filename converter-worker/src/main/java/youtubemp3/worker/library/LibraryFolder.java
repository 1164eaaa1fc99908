package youtubemp3.worker.library;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import youtubemp3.jobs.Chapters;
import youtubemp3.jobs.Job;
import youtubemp3.worker.extract.ExtractedAudio;

/**
 * A folder of music. A file gets its name when it is complete, and never takes that of another: it gets a number, unless the other one
 * is the same.
 *
 * @param folder the folder, which must exist, as a network that is away looks like an empty one
 */
record LibraryFolder(Path folder, NamePattern pattern) {

    private static final int MAX_NUMBER = 1000;

    /** The name of a chapter in an archive. */
    private static final Pattern CHAPTER = Pattern.compile("0*([0-9]+) ?(.*)\\.(\\w+)");

    /** Adds the file, or each chapter of an archive. */
    void add(Job job, ExtractedAudio audio) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new NotDirectoryException(folder.toString());
        }
        deleteParts(job);
        if (job.output().chapters() != Chapters.SPLIT) {
            try (InputStream content = Files.newInputStream(audio.file())) {
                add(job, content, tags(job, audio), job.output().extension());
            }
            return;
        }
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(audio.file()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Matcher chapter = CHAPTER.matcher(entry.getName());
                if (chapter.matches()) {
                    add(job, zip, tags(job, audio, chapter.group(1), chapter.group(2)), chapter.group(3));
                }
            }
        }
    }

    private static Map<String, String> tags(Job job, ExtractedAudio audio) {
        return tags(job, audio, audio.track().title(), audio.album(), audio.trackNumber());
    }

    private static Map<String, String> tags(Job job, ExtractedAudio audio, String number, String title) {
        String whole = audio.track().title();
        return tags(
                job, audio, title.isEmpty() ? whole : title, audio.album().isEmpty() ? whole : audio.album(), number);
    }

    private static Map<String, String> tags(Job job, ExtractedAudio audio, String title, String album, String number) {
        return Map.of(
                "title",
                title,
                "artist",
                audio.track().artist(),
                "album",
                album,
                "track",
                number.length() == 1 ? "0" + number : number,
                "year",
                audio.year(),
                "video",
                job.video().value());
    }

    /** Deletes what an earlier attempt left whose worker was killed. One that still writes can then not name its file. */
    private void deleteParts(Job job) throws IOException {
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder, part(job, "*"))) {
            for (Path part : parts) {
                Files.deleteIfExists(part);
            }
        }
    }

    /** The name of an unfinished file. Media servers ignore hidden files. */
    private static String part(Job job, String suffix) {
        return ".youtube-mp3-" + job.id() + "-" + suffix + ".part";
    }

    private void add(Job job, InputStream content, Map<String, String> tags, String extension) throws IOException {
        Path part = folder.resolve(part(job, UUID.randomUUID().toString()));
        try {
            try (FileChannel channel =
                    FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                content.transferTo(Channels.newOutputStream(channel));
                channel.force(true);
            }
            place(part, pattern.path(tags), extension);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private void place(Path part, String path, String extension) throws IOException {
        for (int number = 1; number <= MAX_NUMBER; number++) {
            Path target = folder.resolve(path + (number == 1 ? "" : " (" + number + ")") + "." + extension);
            Files.createDirectories(target.getParent());
            if (Files.notExists(target) && link(part, target)) {
                return;
            }
            if (Files.isRegularFile(target) && Files.mismatch(part, target) == -1) {
                return;
            }
        }
        throw new IOException("there are " + MAX_NUMBER + " files of the name " + path);
    }

    /** Gives the file its name, unless another has taken it meanwhile. A move would replace that one. */
    private static boolean link(Path part, Path target) throws IOException {
        try {
            Files.createLink(target, part);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (IOException | UnsupportedOperationException e) {
            // exFAT and some shares have no links
            return move(part, target);
        }
    }

    private static boolean move(Path part, Path target) throws IOException {
        try {
            Files.move(part, target);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }
}
