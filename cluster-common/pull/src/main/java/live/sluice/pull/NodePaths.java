package live.sluice.pull;

import live.sluice.media.StreamKey;

/** The paths under which nodes serve each other, which are those under which they serve players. */
public final class NodePaths {
  private NodePaths() {}

  /** {@code /app/name.flv}. */
  public static String flv(StreamKey key) {
    return '/' + key.app() + '/' + key.name() + ".flv";
  }

  /** {@code /app/name.m3u8}. */
  public static String playlist(StreamKey key) {
    return '/' + key.app() + '/' + key.name() + ".m3u8";
  }

  /** {@code /app/name/epoch-sequence.ts}. */
  public static String segment(StreamKey key, long epoch, long sequence) {
    return '/' + key.app() + '/' + key.name() + '/' + epoch + '-' + sequence + ".ts";
  }

  /** The path with what is to be asked, and the virtual host unless it is the default one. */
  public static String withVhost(String path, StreamKey key, String query) {
    String vhost = key.vhost().equals(StreamKey.DEFAULT_VHOST) ? "" : "vhost=" + key.vhost();
    String both = vhost.isEmpty() || query.isEmpty() ? vhost + query : vhost + '&' + query;
    return both.isEmpty() ? path : path + '?' + both;
  }
}
