package live.sluice.bench.load;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;
import live.sluice.bench.BenchException;

/**
 * Where a load goes: a URL, in which {@code {n}} stands for a number, and the address of its host, looked up once.
 *
 * @param url as it was given
 * @param protocol by the form of the URL
 * @param address where all clients connect
 */
public record Target(String url, Protocol protocol, InetSocketAddress address) {
  /** What is spoken. */
  public enum Protocol {
    /** RTMP. */
    RTMP,
    /** FLV over HTTP. */
    HTTP_FLV,
    /** FLV over WebSocket. */
    WS_FLV,
    /** HLS. */
    HLS
  }

  private static final String NUMBER = "{n}";

  /** Reads a URL and looks its host up. */
  public static Target of(String url) {
    URI uri = uri(url.replace(NUMBER, "0"));
    Protocol protocol = protocol(url, uri);
    String host = uri.getHost();
    if (host == null) {
      throw new BenchException("'" + url + "' names no host");
    }
    int port = uri.getPort() > 0 ? uri.getPort() : protocol == Protocol.RTMP ? 1935 : 80;
    return new Target(url, protocol, new InetSocketAddress(resolve(host), port));
  }

  private static URI uri(String url) {
    try {
      return new URI(url);
    } catch (URISyntaxException e) {
      throw new BenchException("'" + url + "' is no URL: " + e.getReason(), e);
    }
  }

  private static Protocol protocol(String url, URI uri) {
    String path = uri.getPath() == null ? "" : uri.getPath();
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    return switch (scheme) {
      case "rtmp" -> Protocol.RTMP;
      case "ws" -> Protocol.WS_FLV;
      case "http" -> path.endsWith(".m3u8") ? Protocol.HLS : Protocol.HTTP_FLV;
      case "https", "wss", "rtmps" ->
          throw new BenchException("'" + url + "': there is no load over TLS; measure the server without it");
      default ->
          throw new BenchException(
              "'" + url + "' is none of rtmp://host/app/stream, http://host/app/stream.flv, ws://host/app/stream.flv"
                  + " and http://host/app/stream.m3u8");
    };
  }

  private static InetAddress resolve(String host) {
    try {
      String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
      byte[] literal = NetUtil.createByteArrayFromIpAddressString(bare);
      return literal == null ? InetAddress.getByName(bare) : InetAddress.getByAddress(literal);
    } catch (UnknownHostException e) {
      throw new BenchException("there is no host '" + host + "'", e);
    }
  }

  /** Whether there are several streams to choose from. */
  public boolean numbered() {
    return url.contains(NUMBER);
  }

  /** The same where the number is appended to the stream's name, before parameters, if the URL has no place for it. */
  public Target withNumber() {
    if (numbered()) {
      return this;
    }
    int query = url.indexOf('?');
    String numbered = query < 0 ? url + NUMBER : url.substring(0, query) + NUMBER + url.substring(query);
    return new Target(numbered, protocol, address);
  }

  /** The URL of one stream. */
  public String url(int number) {
    return url.replace(NUMBER, Integer.toString(number));
  }

  /** Path and query of one stream's URL. */
  public String request(int number) {
    URI uri = uri(url(number));
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    return uri.getRawQuery() == null ? path : path + '?' + uri.getRawQuery();
  }

  /** What a Host header says. */
  public String host() {
    return uri(url(0)).getRawAuthority();
  }
}
