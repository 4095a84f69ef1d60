package live.sluice.node.api;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;
import live.sluice.media.StreamKey;
import live.sluice.rtc.ice.HostAddress;
import org.jspecify.annotations.Nullable;

/**
 * What a WHIP or WHEP request is for, as read from its URL: {@code /rtc/v1/whip/?app=live&stream=livestream} or {@code
 * /live/livestream/whip}.
 *
 * @param key the stream
 * @param external what {@code ?eip=} names; several are separated by commas
 * @param layer what {@code ?layer=} names; null for nothing
 */
record WhipTarget(StreamKey key, List<HostAddress> external, @Nullable String layer) {
  private static final int MAX_EXTERNAL = 8;

  /**
   * Reads it.
   *
   * @param vhostOf the virtual host for a name that a client gave: itself where it is one, else the default one
   * @throws SluiceException {@link ErrorCode#STREAM_NAME_INVALID}, {@link ErrorCode#BAD_REQUEST}
   */
  static WhipTarget of(Request request, UnaryOperator<String> vhostOf) {
    String layer = request.query().get("layer");
    if (layer != null && !layer.matches("[A-Za-z0-9_-]{1,32}")) {
      throw new SluiceException(ErrorCode.BAD_REQUEST, "?layer= is the rid of a layer: letters, digits, _ and -");
    }
    StreamKey key = new StreamKey(vhost(request, vhostOf), part(request, "app"), part(request, "stream"));
    return new WhipTarget(key, external(request.query().get("eip")), layer);
  }

  private static String part(Request request, String name) {
    String raw = request.parameter(name);
    String part = raw.isEmpty() ? request.query().getOrDefault(name, "") : decoded(raw);
    if (part.isEmpty()) {
      throw new SluiceException(
          ErrorCode.BAD_REQUEST, "?" + name + "= is missing: ?app=live&stream=livestream names the stream");
    }
    return part;
  }

  /** A path keeps its plus signs, which a query does not. */
  static String decoded(String raw) {
    try {
      return new QueryStringDecoder('/' + raw).path().substring(1);
    } catch (IllegalArgumentException e) {
      throw new SluiceException(ErrorCode.BAD_REQUEST, "the path can't be decoded", e);
    }
  }

  private static String vhost(Request request, UnaryOperator<String> vhostOf) {
    String named = request.query().getOrDefault("vhost", "");
    if (!named.isEmpty()) {
      return vhostOf.apply(named);
    }
    String host = request.headers().text("Host");
    int colon = host.lastIndexOf(':');
    return vhostOf.apply(colon > 0 && host.indexOf(']') < colon ? host.substring(0, colon) : host);
  }

  private static List<HostAddress> external(@Nullable String text) {
    List<HostAddress> addresses = new ArrayList<>();
    if (text == null || text.isEmpty()) {
      return addresses;
    }
    for (String item : text.split(",", MAX_EXTERNAL + 1)) {
      HostAddress address = HostAddress.parse(item.strip());
      if (address == null || addresses.size() == MAX_EXTERNAL) {
        throw new SluiceException(
            ErrorCode.BAD_REQUEST,
            "?eip= names up to " + MAX_EXTERNAL + " IP addresses of hosts, each with a port or without");
      }
      addresses.add(address);
    }
    return addresses;
  }
}
