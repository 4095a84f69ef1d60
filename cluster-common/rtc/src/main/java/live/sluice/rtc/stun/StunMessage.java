package live.sluice.rtc.stun;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A message that was read. It borrows the buffer that it was read from: it must not be used after that was released. Of
 * an attribute that stands twice the first counts; RFC 8489, section 5.
 */
public final class StunMessage {
  static final int[] NONE = {};

  final ByteBuf bytes;
  final int start;
  private final StunType type;

  int usernameAt;
  int usernameLength;
  int integrityAt;
  boolean hasFingerprint;
  long priority = -1;
  boolean useCandidate;
  boolean controlling;
  boolean controlled;
  long tieBreaker;
  int errorCode;
  int[] unknown = NONE;
  @Nullable InetSocketAddress mappedAddress;

  StunMessage(ByteBuf bytes, StunType type) {
    this.bytes = bytes;
    this.start = bytes.readerIndex();
    this.type = type;
  }

  /**
   * Reads one message, which is all of the readable bytes. Checks the fingerprint where there is one, and no integrity.
   *
   * @param datagram what came; no index is moved, and the message borrows it
   * @return null where they are no binding message that is well-formed from its first byte to its last
   */
  public static @Nullable StunMessage read(ByteBuf datagram) {
    return StunParser.parse(datagram);
  }

  /** What it is. */
  public StunType type() {
    return type;
  }

  /** The 12 bytes that an answer repeats; a copy. */
  public byte[] transactionId() {
    byte[] id = new byte[StunHeader.TRANSACTION_BYTES];
    bytes.getBytes(start + StunHeader.TRANSACTION_AT, id);
    return id;
  }

  /** Whether it has a MESSAGE-INTEGRITY, true or not. */
  public boolean hasIntegrity() {
    return integrityAt != 0;
  }

  /** Whether it has a MESSAGE-INTEGRITY that only {@code key} gives. */
  public boolean authenticated(IntegrityKey key) {
    return integrityAt != 0 && key.matches(bytes, start, integrityAt);
  }

  /** Whether it has a FINGERPRINT; it is right, else there were no message. */
  public boolean hasFingerprint() {
    return hasFingerprint;
  }

  /** The USERNAME; null where there is none. */
  public @Nullable String username() {
    return usernameAt == 0 ? null : bytes.toString(usernameAt, usernameLength, StandardCharsets.UTF_8);
  }

  /** Whether the part of the USERNAME before the colon is {@code ufrag}; RFC 8445, section 7.3. */
  public boolean isFor(String ufrag) {
    int length = ufrag.length();
    if (usernameAt == 0 || StunUsername.colonOf(bytes, usernameAt, usernameLength) != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (bytes.getByte(usernameAt + i) != ufrag.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** PRIORITY, an unsigned number of 32 bits; -1 where there is none. */
  public long priority() {
    return priority;
  }

  /** Whether it has USE-CANDIDATE: the peer chose this path. */
  public boolean useCandidate() {
    return useCandidate;
  }

  /** Whether it has ICE-CONTROLLING: the peer takes itself for the one that chooses. */
  public boolean controlling() {
    return controlling;
  }

  /** Whether it has ICE-CONTROLLED: the peer takes us for the one that chooses. */
  public boolean controlled() {
    return controlled;
  }

  /** The number in ICE-CONTROLLING or ICE-CONTROLLED, 64 bits; 0 where there is neither. */
  public long tieBreaker() {
    return tieBreaker;
  }

  /** The code of ERROR-CODE, 300 to 699; 0 where there is none. */
  public int errorCode() {
    return errorCode;
  }

  /** XOR-MAPPED-ADDRESS: from where the request was seen to come; null where there is none. */
  public @Nullable InetSocketAddress mappedAddress() {
    return mappedAddress;
  }

  /** Types of attributes that say they must be understood, and are not; the first few. RFC 8489, section 6.3.1. */
  public int[] unknown() {
    return unknown.clone();
  }

  /** Whether there are such attributes. */
  public boolean hasUnknown() {
    return unknown.length > 0;
  }
}
