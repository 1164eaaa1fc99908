package youtubemp3.worker.extract;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.springframework.stereotype.Component;
import youtubemp3.jobs.AudioFormat;
import youtubemp3.jobs.storage.SafeFileName;
import youtubemp3.worker.failure.FailureKind;

/** Splits sound into one tagged file a chapter, and makes them a ZIP. The sound is copied, so that it is cut between packets. */
@Component
class ChapterArchive {

    private final Ffmpeg ffmpeg;
    private final TaggedFile taggedFile;

    ChapterArchive(Ffmpeg ffmpeg, TaggedFile taggedFile) {
        this.ffmpeg = ffmpeg;
        this.taggedFile = taggedFile;
    }

    /**
     * Writes the archive, forces it to disk, and deletes the sound.
     *
     * @param tags the tags of the whole
     * @param chapters one or more
     * @param archive a file in the folder of the sound, which does not exist
     */
    void write(Sound sound, AudioFormat format, Tags tags, List<Chapter> chapters, Path archive)
            throws IOException, ExtractionException, InterruptedException {
        List<Path> parts = split(sound, format, chapters);
        try (FileChannel channel = FileChannel.open(archive, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                OutputStream buffer = new BufferedOutputStream(Channels.newOutputStream(channel));
                ZipOutputStream zip = new ZipOutputStream(buffer)) {
            for (int i = 0; i < chapters.size(); i++) {
                Chapter chapter = chapters.get(i);
                Path file = archive.resolveSibling("chapter." + format.extension());
                taggedFile.write(
                        parts.get(i),
                        format,
                        tags.ofChapter(chapter, i + 1, chapters.size()),
                        chapter.end().minus(chapter.start()),
                        file);
                add(file, name(chapter, i + 1, chapters.size(), format), zip);
                Files.delete(file);
            }
            zip.finish();
            buffer.flush();
            channel.force(true);
        }
    }

    private List<Path> split(Sound sound, AudioFormat format, List<Chapter> chapters)
            throws IOException, ExtractionException, InterruptedException {
        Path parts = Files.createDirectory(sound.file().resolveSibling("parts"));
        String starts = chapters.stream()
                .skip(1)
                .map(chapter -> Ffmpeg.seconds(chapter.start()))
                .collect(Collectors.joining(","));
        List<String> arguments = new ArrayList<>(List.of("-i", sound.file().toString()));
        arguments.addAll(List.of("-map", "0:a", "-c", "copy", "-map_metadata", "-1", "-map_chapters", "-1"));
        arguments.addAll(List.of("-f", "segment", "-segment_format", Ffmpeg.container(format)));
        // without times, the muxer would cut every two seconds
        arguments.addAll(
                starts.isEmpty()
                        ? List.of("-segment_time", Ffmpeg.seconds(sound.length().multipliedBy(2)))
                        : List.of("-segment_times", starts));
        arguments.addAll(List.of("-reset_timestamps", "1"));
        arguments.addAll(format == AudioFormat.MP3 ? List.of("-segment_format_options", "id3v2_version=0") : List.of());
        arguments.add(parts.resolve("%03d." + format.extension()).toString());
        ffmpeg.run(arguments, sound.length(), written -> {});
        Files.delete(sound.file());

        List<Path> files = new ArrayList<>();
        for (int i = 0; i < chapters.size(); i++) {
            // where the tags are written, which is the folder that has the cover
            Path part = parts.resolve("%03d.".formatted(i) + format.extension());
            if (Files.notExists(part)) {
                throw new ExtractionException(FailureKind.CONVERSION, "chapter " + (i + 1) + " has no sound");
            }
            files.add(part);
        }
        return files;
    }

    /** Such as {@code 07 Title.mp3}. The number makes each name unique. */
    private static String name(Chapter chapter, int number, int count, AudioFormat format) {
        int digits = Math.max(2, String.valueOf(count).length());
        String name = ("%0" + digits + "d ").formatted(number) + SafeFileName.of(chapter.title());
        return name.strip() + "." + format.extension();
    }

    /** Sound does not become smaller by compression. Without it, the size and checksum must be known first. */
    private static void add(Path file, String name, ZipOutputStream zip) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(Files.size(file));
        entry.setCrc(checksum(file));
        zip.putNextEntry(entry);
        Files.copy(file, zip);
        zip.closeEntry();
    }

    private static long checksum(Path file) throws IOException {
        try (InputStream in =
                new CheckedInputStream(new BufferedInputStream(Files.newInputStream(file)), new CRC32())) {
            in.transferTo(OutputStream.nullOutputStream());
            return ((CheckedInputStream) in).getChecksum().getValue();
        }
    }
}
