package live.sluice.systemtest.kit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Binding requests of STUN (RFC 8489) as ICE makes them (RFC 8445, section 7.1), written apart from the server's own. */
public final class Stun {

  private static final int COOKIE = 0x2112a442;
  private static final int USERNAME = 0x0006;
  private static final int INTEGRITY = 0x0008;
  private static final int PRIORITY = 0x0024;
  private static final int USE_CANDIDATE = 0x0025;
  private static final int FINGERPRINT = 0x8028;
  private static final int CONTROLLING = 0x802a;

  private Stun() {}

  /** A check by {@code from} of the peer whose credentials {@code ufrag} and {@code password} are. */
  public static byte[] check(Offer from, String ufrag, String password) {
    byte[] transaction = new byte[12];
    ThreadLocalRandom.current().nextBytes(transaction);
    ByteBuffer message = ByteBuffer.allocate(512);
    message.putShort((short) 1).putShort((short) 0).putInt(COOKIE).put(transaction);
    attribute(message, USERNAME, (ufrag + ':' + from.ufrag()).getBytes(StandardCharsets.UTF_8));
    attribute(message, PRIORITY, new byte[] {0x6e, 0, 0x1e, (byte) 0xff});
    attribute(message, CONTROLLING, new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
    attribute(message, USE_CANDIDATE, new byte[0]);
    length(message, 24);
    attribute(message, INTEGRITY, hmac(password, message));
    length(message, 8);
    CRC32 crc = new CRC32();
    crc.update(message.array(), 0, message.position());
    attribute(message, FINGERPRINT, ByteBuffer.allocate(4).putInt((int) (crc.getValue() ^ 0x5354554eL)).array());
    return Arrays.copyOf(message.array(), message.position());
  }

  /** Whether {@code datagram} says that a check was right. */
  public static boolean isSuccess(byte[] datagram) {
    return datagram.length >= 20 && datagram[0] == 1 && datagram[1] == 1;
  }

  private static void attribute(ByteBuffer message, int type, byte[] value) {
    message.putShort((short) type).putShort((short) value.length).put(value);
    while (message.position() % 4 != 0) {
      message.put((byte) 0);
    }
  }

  /** Writes the length as it will be with {@code more} bytes. */
  private static void length(ByteBuffer message, int more) {
    message.putShort(2, (short) (message.position() - 20 + more));
  }

  private static byte[] hmac(String password, ByteBuffer message) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(password.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
      mac.update(message.duplicate().flip());
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
