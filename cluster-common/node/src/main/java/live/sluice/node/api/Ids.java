package live.sluice.node.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import live.sluice.media.StreamKey;

/** Ids of streams: the same for a stream as long as the process lives, and another one in the next. */
final class Ids {
  private final String salt;

  Ids(long incarnation) {
    salt = Long.toString(incarnation);
  }

  String of(StreamKey key) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] hash = digest.digest((salt + '/' + key.path()).getBytes(StandardCharsets.UTF_8));
      return "vid-" + HexFormat.of().formatHex(hash, 0, 5);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is part of every JDK", e);
    }
  }
}
