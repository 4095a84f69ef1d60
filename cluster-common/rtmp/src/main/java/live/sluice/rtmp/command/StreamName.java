package live.sluice.rtmp.command;

import java.util.function.Predicate;
import live.sluice.media.SluiceException;
import live.sluice.media.StreamKey;
import org.jspecify.annotations.Nullable;

/**
 * Which stream a client means, by what it said in {@code connect} and in {@code publish} or {@code play}. Clients cut a
 * URL into app and stream name in different places, so that both are put together first: the last segment is the name,
 * all before it the app. What follows a question mark belongs to the parameters wherever it stands.
 *
 * @param key the stream
 * @param param the parameters of app and stream name, as {@code a=b&c=d}
 */
public record StreamName(StreamKey key, String param) {

  /**
   * Finds the name.
   *
   * @param tcUrl of connect, empty where it had none
   * @param app of connect
   * @param stream of publish or play
   * @param vhosts which names are virtual hosts; any other one stands for the default one
   * @throws SluiceException STREAM_NAME_INVALID
   */
  public static StreamName of(String tcUrl, String app, String stream, Predicate<String> vhosts) {
    String appParam = Query.after(app);
    if (appParam.isEmpty()) {
      appParam = Query.after(tcUrl);
    }
    String param = Query.join(appParam, Query.after(stream));
    String path = trimmed(Query.before(app)) + '/' + trimmed(Query.before(stream));
    int last = path.lastIndexOf('/');
    StreamKey key = new StreamKey(vhost(tcUrl, param, vhosts), path.substring(0, last), path.substring(last + 1));
    return new StreamName(key, param);
  }

  private static String vhost(String tcUrl, String param, Predicate<String> vhosts) {
    String named = Query.value(param, "vhost");
    String host = named != null && !named.isEmpty() ? named : host(tcUrl);
    return host != null && vhosts.test(host) ? host : StreamKey.DEFAULT_VHOST;
  }

  /** The host of a URL, without the brackets of an IPv6 address; null where there is none. */
  static @Nullable String host(String url) {
    int scheme = url.indexOf("://");
    if (scheme < 0) {
      return null;
    }
    int start = scheme + 3;
    int end = start;
    while (end < url.length() && "/?#".indexOf(url.charAt(end)) < 0) {
      end++;
    }
    String authority = url.substring(start, end);
    authority = authority.substring(authority.lastIndexOf('@') + 1);
    if (authority.startsWith("[")) {
      int close = authority.indexOf(']');
      return close < 0 ? null : authority.substring(1, close);
    }
    int port = authority.lastIndexOf(':');
    String host = port < 0 ? authority : authority.substring(0, port);
    return host.isEmpty() ? null : host;
  }

  /** Without slashes at its ends: OBS users write {@code rtmp://host/live/}. */
  private static String trimmed(String path) {
    int start = 0;
    int end = path.length();
    while (start < end && path.charAt(start) == '/') {
      start++;
    }
    while (end > start && path.charAt(end - 1) == '/') {
      end--;
    }
    return path.substring(start, end);
  }
}
