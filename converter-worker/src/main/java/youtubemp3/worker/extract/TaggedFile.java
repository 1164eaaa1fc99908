package youtubemp3.worker.extract;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;
import youtubemp3.jobs.AudioFormat;

/** Makes the file with tags from the sound: an ID3 tag before an MP3, and for other formats a copy by ffmpeg. */
@Component
class TaggedFile {

    private final Ffmpeg ffmpeg;

    TaggedFile(Ffmpeg ffmpeg) {
        this.ffmpeg = ffmpeg;
    }

    /**
     * Writes the file and deletes the sound. The file is forced to disk: after a power cut, a finished job must have its whole file.
     *
     * @param length the length of the sound
     * @param file a file in the folder of the attempt, which does not exist
     */
    void write(Path sound, AudioFormat format, Tags tags, Duration length, Path file)
            throws IOException, ExtractionException, InterruptedException {
        switch (format) {
            case MP3 -> join(Id3Tag.of(tags), sound, file);
            case M4A ->
                remux(sound, format, FfmpegMetadata.mp4(tags), tags.cover().isPresent(), length, file);
            case OPUS -> remux(sound, format, FfmpegMetadata.ogg(tags), false, length, file);
        }
        Files.delete(sound);
    }

    private static void join(byte[] tag, Path sound, Path joined) throws IOException {
        try (FileChannel from = FileChannel.open(sound);
                FileChannel to = FileChannel.open(joined, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(tag);
            while (buffer.hasRemaining()) {
                to.write(buffer);
            }
            for (long done = 0; done < from.size(); ) {
                done += from.transferTo(done, from.size() - done, to);
            }
            to.force(true);
        }
    }

    private void remux(Path sound, AudioFormat format, String metadata, boolean picture, Duration length, Path file)
            throws IOException, ExtractionException, InterruptedException {
        Path description = file.resolveSibling("tags.txt");
        Files.write(description, metadata.getBytes(StandardCharsets.UTF_8));
        List<String> arguments = new ArrayList<>(List.of("-f", "ffmetadata"));
        arguments.addAll(List.of("-i", description.toString(), "-i", sound.toString()));
        if (picture) {
            arguments.addAll(List.of("-i", file.resolveSibling(Ffmpeg.COVER).toString()));
        }
        arguments.addAll(List.of("-map", "1:a", "-c", "copy", "-map_chapters", "0"));
        arguments.addAll(picture ? List.of("-map", "2:v", "-disposition:v", "attached_pic") : List.of());
        // the comments of Ogg belong to the stream
        arguments.addAll(List.of(format == AudioFormat.OPUS ? "-map_metadata:s:a" : "-map_metadata", "0:g"));
        // the index at the start, so that a player can begin before it has the whole file
        arguments.addAll(format == AudioFormat.M4A ? List.of("-movflags", "+faststart") : List.of());
        // the same sound and tags give the same file: Ogg would have a random serial number, and some tools do not take
        // 0
        arguments.addAll(
                format == AudioFormat.OPUS ? List.of("-fflags", "+bitexact", "-serial_offset", "1") : List.of());
        arguments.addAll(List.of("-f", Ffmpeg.container(format), file.toString()));
        ffmpeg.run(arguments, length, written -> {});
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }
}
