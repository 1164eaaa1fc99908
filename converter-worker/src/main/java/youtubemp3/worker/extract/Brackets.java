package youtubemp3.worker.extract;

/** Finds the brackets of a title, which may be nested, of another script, or cut off. */
final class Brackets {

    private static final String OPENING = "([{（［｛【〔〖";
    private static final String CLOSING = ")]}）］｝】〕〗";

    private Brackets() {}

    static boolean isOpening(char character) {
        return OPENING.indexOf(character) >= 0;
    }

    /** The position of the bracket that closes the one at this position, or the end of the text if it stays open. */
    static int closing(String text, int opening) {
        int depth = 0;
        for (int i = opening; i < text.length(); i++) {
            depth = depth(depth, text.charAt(i));
            if (depth == 0) {
                return i;
            }
        }
        return text.length();
    }

    /** Whether this position is within brackets. */
    static boolean surround(String text, int position) {
        int depth = 0;
        for (int i = 0; i < position; i++) {
            depth = depth(depth, text.charAt(i));
        }
        return depth > 0;
    }

    private static int depth(int before, char character) {
        if (isOpening(character)) {
            return before + 1;
        }
        return CLOSING.indexOf(character) >= 0 ? Math.max(0, before - 1) : before;
    }
}
