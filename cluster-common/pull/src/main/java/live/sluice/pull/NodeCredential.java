package live.sluice.pull;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import live.sluice.media.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * How a node shows another one that it belongs to the cluster: an HMAC-SHA256 by the cluster's secret over its name, the
 * time and the path of the request, in the header {@value #HEADER}. The secret itself never crosses the network, and
 * what was seen there is good for that path and for {@value #TOLERANCE_MS} ms only. Thread-safe.
 */
public final class NodeCredential {
  /** The header: {@code node;time in ms;HMAC in hex}. */
  public static final String HEADER = "X-Sluice-Node";

  /** The ids of the nodes that a pull has come through, nearest to the player first, separated by commas. */
  public static final String PATH_HEADER = "X-Sluice-Path";

  /** The session of the puller, for the logs. */
  public static final String SESSION_HEADER = "X-Sluice-Session";

  private static final long TOLERANCE_MS = 300_000;

  private final String secret;
  private final Ticker ticker;

  /** With the cluster's secret; an empty one lets every node in. */
  public NodeCredential(String secret, Ticker ticker) {
    this.secret = secret;
    this.ticker = ticker;
  }

  /** The header's value for a request by {@code node} for {@code path}. */
  public String sign(String node, String path) {
    String time = Long.toString(ticker.wallMillis());
    return node + ';' + time + ';' + mac(node, time, path);
  }

  /** The node that made that header for {@code path}; null when it is not one of ours. */
  public @Nullable String verify(String header, String path) {
    String[] parts = header.split(";", -1);
    if (parts.length != 3 || !parts[1].matches("[0-9]{1,15}")) {
      return null;
    }
    if (secret.isEmpty()) {
      return parts[0];
    }
    boolean fresh = Math.abs(ticker.wallMillis() - Long.parseLong(parts[1])) <= TOLERANCE_MS;
    byte[] expected = mac(parts[0], parts[1], path).getBytes(StandardCharsets.US_ASCII);
    boolean same = MessageDigest.isEqual(expected, parts[2].getBytes(StandardCharsets.UTF_8));
    return fresh && same ? parts[0] : null;
  }

  private String mac(String node, String time, String path) {
    if (secret.isEmpty()) {
      return "";
    }
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal((node + '\n' + time + '\n' + path).getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HmacSHA256 is part of every JDK", e);
    }
  }
}
