package live.sluice.bench.load;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    HLS,
    /** WebRTC, to play. */
    WHEP,
    /** WebRTC, to publish. */
    WHIP,
    /** WebRTC as Janus' streaming plugin speaks it, to play. */
    JANUS,
    /** Plain RTP by UDP, to publish. */
    RTP;

    /** Whether media comes in packets, some of which may be lost. */
    public boolean packets() {
      return this == WHEP || this == WHIP || this == JANUS || this == RTP;
    }
  }

  private static final String NUMBER = "{n}";
  private static final String STREAM = "stream=";

  /** Where Sluice and its kind take offers. */
  private static final int OFFER_PORT = 1985;

  /** Where Janus listens for HTTP, as it is packaged. */
  private static final int JANUS_PORT = 8088;

  private static final Pattern OFFER = Pattern.compile("(whip|whep)://([^/?#]+)([^?#]*)(.*)", Pattern.CASE_INSENSITIVE);

  /**
   * Reads a URL and looks its host up. {@code whep://host/app/stream} is short for {@code
   * http://host:1985/app/stream/whep}; where the path says {@code whep} already, it stands as it is.
   */
  public static Target of(String text) {
    String url = offerUrl(text);
    URI uri = uri(url.replace(NUMBER, "0"));
    Protocol protocol = protocol(url, uri);
    String host = uri.getHost();
    if (host == null) {
      throw new BenchException("'" + url + "' names no host");
    }
    return new Target(url, protocol, new InetSocketAddress(resolve(host), port(url, uri, protocol)));
  }

  private static String offerUrl(String text) {
    Matcher matcher = OFFER.matcher(text);
    if (!matcher.matches()) {
      return text;
    }
    String kind = matcher.group(1).toLowerCase(Locale.ROOT);
    String authority = matcher.group(2);
    String path = matcher.group(3);
    boolean port = authority.matches(".*:[0-9]+");
    boolean whole = segments(path).contains(kind);
    String rest = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    return "http://" + authority + (port ? "" : ":" + OFFER_PORT) + (whole ? path : rest + '/' + kind) + matcher.group(4);
  }

  private static List<String> segments(String path) {
    return List.of(path.toLowerCase(Locale.ROOT).split("/", -1));
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
      case "rtp" -> Protocol.RTP;
      case "janus" -> {
        if (!path.matches(".*/[^/]+")) {
          throw new BenchException("'" + url + "' names no mountpoint: write janus://host/janus/1");
        }
        yield Protocol.JANUS;
      }
      case "http" -> {
        List<String> segments = segments(path);
        yield segments.contains("whep")
            ? Protocol.WHEP
            : segments.contains("whip") ? Protocol.WHIP : path.endsWith(".m3u8") ? Protocol.HLS : Protocol.HTTP_FLV;
      }
      case "https", "wss", "rtmps", "whips", "wheps" ->
          throw new BenchException("'" + url + "': there is no load over TLS; measure the server without it");
      default ->
          throw new BenchException(
              "'" + url + "' is none of rtmp://host/app/stream, http://host/app/stream.flv, ws://host/app/stream.flv,"
                  + " http://host/app/stream.m3u8, whep://host/app/stream, whip://host/app/stream,"
                  + " janus://host/janus/1 and rtp://host:port");
    };
  }

  private static int port(String url, URI uri, Protocol protocol) {
    if (uri.getPort() > 0) {
      return uri.getPort();
    }
    return switch (protocol) {
      case RTMP -> 1935;
      case JANUS -> JANUS_PORT;
      case RTP -> throw new BenchException("'" + url + "' names no port");
      default -> 80;
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
    int at = nameEnd();
    return new Target(url.substring(0, at) + NUMBER + url.substring(at), protocol, address);
  }

  /** Where the stream's name ends: of an offer's URL before its last segment, or within the query. */
  private int nameEnd() {
    int query = url.indexOf('?');
    int end = query < 0 ? url.length() : query;
    if (protocol != Protocol.WHIP && protocol != Protocol.WHEP) {
      return end;
    }
    int stream = url.indexOf(STREAM, end);
    if (stream >= 0) {
      int next = url.indexOf('&', stream);
      return next < 0 ? url.length() : next;
    }
    String last = '/' + protocol.name().toLowerCase(Locale.ROOT);
    if (!url.substring(0, end).endsWith(last)) {
      throw new BenchException("where the number of a stream goes in " + url + " can't be guessed: write {n} there");
    }
    return end - last.length();
  }

  /** That of one stream. */
  Target at(int number) {
    return new Target(url(number), protocol, address);
  }

  /** Where a relative reference, or a URL, leads from here. */
  Target resolve(URI reference) {
    URI from = uri(url(0));
    URI to = from.resolve(reference);
    String host = to.getHost();
    if (host == null || !"http".equalsIgnoreCase(to.getScheme())) {
      throw new BenchException("there is no load to " + to);
    }
    int port = to.getPort() > 0 ? to.getPort() : 80;
    InetAddress there = host.equalsIgnoreCase(from.getHost()) ? address.getAddress() : resolve(host);
    return new Target(to.toString(), protocol, new InetSocketAddress(there, port));
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
