package youtubemp3.web.download;

/**
 * The bytes of a file to send.
 *
 * @param kind whether these are all bytes of the file, a part, or none since the range is not satisfiable
 * @param start the first byte
 * @param end the byte after the last one
 */
record ByteRange(Kind kind, long start, long end) {

    static final ByteRange UNSATISFIABLE = new ByteRange(Kind.UNSATISFIABLE, 0, 0);

    enum Kind {
        WHOLE,
        PART,
        UNSATISFIABLE
    }

    static ByteRange whole(long size) {
        return new ByteRange(Kind.WHOLE, 0, size);
    }

    static ByteRange part(long start, long end) {
        return new ByteRange(Kind.PART, start, end);
    }

    long length() {
        return end - start;
    }
}
