package live.sluice.rtmp.handshake;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The digest of the complex handshake: an HMAC-SHA256 over a C1 or S1 without the 32 bytes where the digest itself
 * lies. Where that is follows from four bytes of the packet, in one of two schemes. Adobe never described it; the two
 * keys are known to everyone who speaks it.
 */
final class Digest {
  static final int LENGTH = 32;

  private static final String CLIENT_NAME = "Genuine Adobe Flash Player 001";
  private static final String SERVER_NAME = "Genuine Adobe Flash Media Server 001";
  private static final byte[] SALT =
      HexFormat.of().parseHex("f0eec24a8068bee82e00d0d1029e7e576eec5d2d29806fab93b8e636cfeb31ae");

  /** Signs what a client sends. */
  static final byte[] CLIENT_KEY = ascii(CLIENT_NAME);

  /** Signs what a server sends. */
  static final byte[] SERVER_KEY = ascii(SERVER_NAME);

  /** Signs the keys of S2. */
  static final byte[] SERVER_KEY_SALTED = salted(SERVER_KEY);

  /** Signs the keys of C2. */
  static final byte[] CLIENT_KEY_SALTED = salted(CLIENT_KEY);

  private Digest() {}

  /** Where the digest lies. */
  enum Scheme {
    /** The key's block first, then the digest's. */
    KEY_FIRST(772),
    /** The digest's block first, then the key's. */
    DIGEST_FIRST(8);

    private final int base;

    Scheme(int base) {
      this.base = base;
    }

    int offset(byte[] packet) {
      int sum = 0;
      for (int i = 0; i < 4; i++) {
        sum += packet[base + i] & 0xff;
      }
      return sum % 728 + base + 4;
    }
  }

  /** The scheme by which {@code packet} holds a valid digest, null where it holds none. */
  static @Nullable Scheme find(byte[] packet, byte[] key) {
    for (Scheme scheme : Scheme.values()) {
      if (MessageDigest.isEqual(read(packet, scheme), compute(packet, scheme, key))) {
        return scheme;
      }
    }
    return null;
  }

  /** Writes the digest into {@code packet}. */
  static void sign(byte[] packet, Scheme scheme, byte[] key) {
    System.arraycopy(compute(packet, scheme, key), 0, packet, scheme.offset(packet), LENGTH);
  }

  /** The digest that {@code packet} holds. */
  static byte[] read(byte[] packet, Scheme scheme) {
    int at = scheme.offset(packet);
    return Arrays.copyOfRange(packet, at, at + LENGTH);
  }

  /** A C2 or S2 that answers the packet with {@code digest}: random bytes, and at the end their HMAC. */
  static byte[] answer(byte[] digest, byte[] saltedKey) {
    byte[] packet = Packets.random();
    byte[] key = hmac(saltedKey, digest, 0, digest.length, 0);
    int signed = Packets.SIZE - LENGTH;
    System.arraycopy(hmac(key, packet, 0, signed, 0), 0, packet, signed, LENGTH);
    return packet;
  }

  private static byte[] compute(byte[] packet, Scheme scheme, byte[] key) {
    int at = scheme.offset(packet);
    return hmac(key, packet, 0, at, at + LENGTH);
  }

  /** HMAC over {@code length} bytes from {@code from}, and then over all from {@code resume} on unless that is 0. */
  private static byte[] hmac(byte[] key, byte[] data, int from, int length, int resume) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      mac.update(data, from, length);
      if (resume > 0) {
        mac.update(data, resume, data.length - resume);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no HmacSHA256", e);
    }
  }

  private static byte[] salted(byte[] name) {
    byte[] key = Arrays.copyOf(name, name.length + SALT.length);
    System.arraycopy(SALT, 0, key, name.length, SALT.length);
    return key;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
