package live.sluice.rtmp;

import java.net.URI;
import java.net.URISyntaxException;
import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;
import live.sluice.rtmp.command.Query;

/**
 * Where a stream is, for a client.
 *
 * @param secure whether RTMPS is spoken
 * @param host name or address, an IPv6 one without brackets
 * @param port TCP port
 * @param app application, one or several segments
 * @param stream stream name, with parameters where there are some
 */
public record RtmpUrl(boolean secure, String host, int port, String app, String stream) {
  private static final int PORT = 1935;
  private static final int SECURE_PORT = 443;

  /**
   * Reads {@code rtmp://host[:port]/app/stream[?a=b]}, or the same with {@code rtmps}. The last segment of the path
   * is the stream.
   *
   * @throws SluiceException BAD_REQUEST
   */
  public static RtmpUrl parse(String text) {
    String url = Query.before(text);
    String query = Query.after(text);
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      throw new SluiceException(ErrorCode.BAD_REQUEST, "'" + url + "' is no URL: " + e.getReason(), e);
    }
    boolean secure = "rtmps".equalsIgnoreCase(uri.getScheme());
    if (!secure && !"rtmp".equalsIgnoreCase(uri.getScheme())) {
      throw invalid(url, "it does not begin with rtmp:// or rtmps://");
    }
    String host = uri.getHost();
    String path = uri.getPath();
    if (host == null || host.isEmpty()) {
      throw invalid(url, "it names no host");
    }
    int last = path == null ? -1 : path.lastIndexOf('/');
    if (path == null || last < 2 || last == path.length() - 1) {
      throw invalid(url, "it names no app and stream");
    }
    if (host.startsWith("[")) {
      host = host.substring(1, host.length() - 1);
    }
    int port = uri.getPort() < 0 ? (secure ? SECURE_PORT : PORT) : uri.getPort();
    String stream = path.substring(last + 1) + (query.isEmpty() ? "" : '?' + query);
    return new RtmpUrl(secure, host, port, path.substring(1, last), stream);
  }

  /** URL of the application. */
  public String tcUrl() {
    return (secure ? "rtmps://" : "rtmp://") + authority() + '/' + app;
  }

  private String authority() {
    return (host.indexOf(':') >= 0 ? '[' + host + ']' : host) + ':' + port;
  }

  /** The URL without its parameters, which may hold credentials. */
  @Override
  public String toString() {
    return tcUrl() + '/' + Query.before(stream);
  }

  private static SluiceException invalid(String url, String why) {
    return new SluiceException(ErrorCode.BAD_REQUEST, "'" + url + "' is no RTMP URL: " + why);
  }
}
