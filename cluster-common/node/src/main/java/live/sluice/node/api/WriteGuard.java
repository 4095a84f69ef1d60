package live.sluice.node.api;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;

/**
 * Who may change something by the API: whoever shows the token; without one configured, whoever is on this machine when
 * the API listens nowhere else, but no web page that is open in a browser there.
 */
final class WriteGuard {
  private final String token;
  private final boolean loopback;

  WriteGuard(String token, String listen) {
    this.token = token;
    this.loopback = isLoopback(listen);
  }

  private static boolean isLoopback(String listen) {
    try {
      return InetAddress.getByName(listen).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  boolean hasToken() {
    return !token.isEmpty();
  }

  /** Throws {@link ErrorCode#UNAUTHORIZED} unless the request may change something. */
  void check(Request request) {
    if (hasToken()) {
      byte[] shown = request.token().getBytes(StandardCharsets.UTF_8);
      if (!MessageDigest.isEqual(shown, token.getBytes(StandardCharsets.UTF_8))) {
        throw new SluiceException(
            ErrorCode.UNAUTHORIZED, "a bearer token is missing or wrong: Authorization: Bearer <api.token>");
      }
    } else if (!loopback) {
      throw new SluiceException(
          ErrorCode.UNAUTHORIZED,
          "the API only reads: set api.token and show it, or let api.listen be a loopback address");
    } else if (request.fromPage()) {
      throw new SluiceException(ErrorCode.UNAUTHORIZED, "web pages may not change anything unless api.token is set");
    }
  }
}
