package live.sluice.node.http;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import java.util.function.UnaryOperator;
import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;
import live.sluice.media.StreamKey;

/** What a request is for, as read from its URL. */
sealed interface MediaTarget {

  /** {@code /app/name.flv}. */
  record Flv(StreamKey key, String query) implements MediaTarget {}

  /** {@code /app/name.m3u8}. */
  record Playlist(StreamKey key) implements MediaTarget {}

  /** {@code /app/name/epoch-sequence.ts}. */
  record Segment(StreamKey key, long epoch, long sequence) implements MediaTarget {}

  /** A page, a script, or nothing that we know. */
  record Page(String path) implements MediaTarget {}

  /**
   * Reads a URL.
   *
   * @param uri path and query as they came
   * @param vhostOf the virtual host for a name that a client gave: itself where it is one, else the default one
   * @param host the Host header, which names the virtual host where it is one; may be empty
   * @throws SluiceException {@link ErrorCode#STREAM_NAME_INVALID}, {@link ErrorCode#BAD_REQUEST}
   */
  static MediaTarget parse(String uri, String host, UnaryOperator<String> vhostOf) {
    QueryStringDecoder decoder;
    String path;
    try {
      decoder = new QueryStringDecoder(uri);
      path = decoder.path();
      // Read now: an escape that makes no sense is told of here.
      decoder.parameters();
    } catch (IllegalArgumentException e) {
      throw new SluiceException(ErrorCode.BAD_REQUEST, "the URL can't be read: " + e.getMessage(), e);
    }
    if (path.endsWith(".flv")) {
      return new Flv(key(decoder, strip(path, ".flv"), host, vhostOf), decoder.rawQuery());
    }
    if (path.endsWith(".m3u8")) {
      return new Playlist(key(decoder, strip(path, ".m3u8"), host, vhostOf));
    }
    if (path.endsWith(".ts")) {
      int slash = path.lastIndexOf('/');
      String[] numbers = strip(path, ".ts").substring(slash + 1).split("-", -1);
      if (numbers.length == 2 && isNumber(numbers[0]) && isNumber(numbers[1])) {
        StreamKey key = key(decoder, path.substring(0, slash), host, vhostOf);
        return new Segment(key, Long.parseLong(numbers[0]), Long.parseLong(numbers[1]));
      }
    }
    return new Page(path);
  }

  private static boolean isNumber(String text) {
    return text.matches("[0-9]{1,18}");
  }

  private static String strip(String path, String suffix) {
    return path.substring(0, path.length() - suffix.length());
  }

  private static StreamKey key(
      QueryStringDecoder decoder, String path, String host, UnaryOperator<String> vhostOf) {
    int slash = path.lastIndexOf('/');
    if (slash < 1) {
      throw new SluiceException(ErrorCode.STREAM_NAME_INVALID, "the path is not /app/stream");
    }
    return new StreamKey(vhost(decoder, host, vhostOf), path.substring(1, slash), path.substring(slash + 1));
  }

  private static String vhost(QueryStringDecoder decoder, String host, UnaryOperator<String> vhostOf) {
    List<String> named = decoder.parameters().get("vhost");
    if (named != null && !named.isEmpty() && !named.getFirst().isEmpty()) {
      return vhostOf.apply(named.getFirst());
    }
    int colon = host.lastIndexOf(':');
    String name = colon > 0 && host.indexOf(']') < colon ? host.substring(0, colon) : host;
    return vhostOf.apply(name);
  }
}
