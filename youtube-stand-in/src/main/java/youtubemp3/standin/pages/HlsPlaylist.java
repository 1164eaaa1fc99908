package youtubemp3.standin.pages;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import youtubemp3.standin.http.Responses;

/** Sends the HLS playlists (RFC 8216) of a live stream, from which yt-dlp takes the formats before its filter stops it. */
final class HlsPlaylist {

    private static final String MASTER = """
            #EXTM3U
            #EXT-X-INDEPENDENT-SEGMENTS
            #EXT-X-STREAM-INF:BANDWIDTH=290288,CODECS="avc1.4D400C,mp4a.40.5",RESOLUTION=256x144,FRAME-RATE=30
            https://manifest.googlevideo.com/api/manifest/hls_playlist/itag/91/playlist/index.m3u8
            """;

    private static final String MEDIA = """
            #EXTM3U
            #EXT-X-VERSION:3
            #EXT-X-TARGETDURATION:5
            #EXT-X-MEDIA-SEQUENCE:1
            #EXTINF:5.0,
            https://rr1---sn-standin.googlevideo.com/videoplayback/id/none/sq/1/file/seg.ts
            """;

    private HlsPlaylist() {}

    static void send(HttpExchange exchange) throws IOException {
        boolean master = exchange.getRequestURI().getPath().contains("hls_variant");
        Responses.text(exchange, 200, "application/vnd.apple.mpegurl", master ? MASTER : MEDIA);
    }
}
