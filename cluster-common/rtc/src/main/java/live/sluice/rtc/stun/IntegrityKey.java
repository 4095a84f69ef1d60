package live.sluice.rtc.stun;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A password as the key of MESSAGE-INTEGRITY, RFC 8489, sections 9.1 and 14.5: HMAC-SHA1 over the message before the
 * attribute, whose length says that it ends with the attribute. Holds its algorithm and its scratch, so that a check
 * costs no allocation of arrays; one thread at a time.
 */
public final class IntegrityKey {
  static final int VALUE_BYTES = 20;
  private static final String ALGORITHM = "HmacSHA1";

  private final Mac mac;
  private final byte[] header = new byte[StunHeader.BYTES];
  private final byte[] computed = new byte[VALUE_BYTES];
  private final byte[] received = new byte[VALUE_BYTES];

  /** The key of a short-term credential: the password itself, of the characters that ICE allows. */
  public IntegrityKey(String password) {
    try {
      mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(password.getBytes(StandardCharsets.US_ASCII), ALGORITHM));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }

  /** Whether the attribute at {@code attributeAt} is that of this key for the message that begins at {@code start}. */
  boolean matches(ByteBuf bytes, int start, int attributeAt) {
    compute(bytes, start, attributeAt);
    bytes.getBytes(attributeAt + StunAttribute.HEADER_BYTES, received);
    // Takes the same time wherever the first difference stands.
    return MessageDigest.isEqual(computed, received);
  }

  /** Appends the value for the message that begins at {@code start}; the attribute's header was written just before. */
  void write(ByteBuf out, int start) {
    compute(out, start, out.writerIndex() - StunAttribute.HEADER_BYTES);
    out.writeBytes(computed);
  }

  private void compute(ByteBuf bytes, int start, int attributeAt) {
    bytes.getBytes(start, header);
    int length = attributeAt + StunAttribute.HEADER_BYTES + VALUE_BYTES - start - StunHeader.BYTES;
    header[StunHeader.LENGTH_AT] = (byte) (length >>> 8);
    header[StunHeader.LENGTH_AT + 1] = (byte) length;
    mac.update(header);
    int body = start + StunHeader.BYTES;
    if (attributeAt > body) {
      mac.update(bytes.nioBuffer(body, attributeAt - body));
    }
    try {
      mac.doFinal(computed, 0);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("an HMAC of SHA-1 has " + VALUE_BYTES + " bytes", e);
    }
  }
}
