package live.sluice.rtc.stun;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.net.InetSocketAddress;

/**
 * Writes one message to a buffer, attribute by attribute; {@link #end(IntegrityKey)} signs it. The buffer stays its
 * caller's, and should have {@link #MAX_BYTES} to write to.
 */
public final class StunWriter {
  /** No message of an ICE agent with names as we make them is longer; in bytes. */
  public static final int MAX_BYTES = 512;

  private final ByteBuf out;
  private final int start;

  /**
   * Begins a message.
   *
   * @param out where it goes
   * @param type what it is
   * @param transactionId 12 bytes: random for a request, the request's for its answer
   */
  public StunWriter(ByteBuf out, StunType type, byte[] transactionId) {
    this.out = out;
    this.start = out.writerIndex();
    out.writeShort(type.bits());
    out.writeShort(0);
    out.writeInt(StunHeader.MAGIC_COOKIE);
    out.writeBytes(transactionId, 0, StunHeader.TRANSACTION_BYTES);
  }

  /** Where the message is written to. */
  public ByteBuf buffer() {
    return out;
  }

  /** USERNAME: the ufrag of who is asked, a colon, the ufrag of who asks; RFC 8445, section 7.2.2. */
  public StunWriter username(String asked, String asks) {
    int length = asked.length() + 1 + asks.length();
    header(StunAttribute.USERNAME, length);
    ByteBufUtil.writeAscii(out, asked);
    out.writeByte(':');
    ByteBufUtil.writeAscii(out, asks);
    return pad(length);
  }

  /** PRIORITY of the candidate that the peer would learn of by this check. */
  public StunWriter priority(long priority) {
    header(StunAttribute.PRIORITY, 4);
    out.writeInt((int) priority);
    return this;
  }

  /** USE-CANDIDATE: this path is the one. */
  public StunWriter useCandidate() {
    header(StunAttribute.USE_CANDIDATE, 0);
    return this;
  }

  /** ICE-CONTROLLING with the random number that settles who is. */
  public StunWriter controlling(long tieBreaker) {
    header(StunAttribute.ICE_CONTROLLING, 8);
    out.writeLong(tieBreaker);
    return this;
  }

  /** ICE-CONTROLLED with that number. */
  public StunWriter controlled(long tieBreaker) {
    header(StunAttribute.ICE_CONTROLLED, 8);
    out.writeLong(tieBreaker);
    return this;
  }

  /** XOR-MAPPED-ADDRESS: where the request came from. */
  public StunWriter mappedAddress(InetSocketAddress address) {
    header(StunAttribute.XOR_MAPPED_ADDRESS, XorAddress.bytes(address));
    XorAddress.write(out, start, address);
    return this;
  }

  /** ERROR-CODE. */
  public StunWriter error(StunError error) {
    int length = 4 + error.reason().length();
    header(StunAttribute.ERROR_CODE, length);
    out.writeShort(0);
    out.writeByte(error.code() / 100);
    out.writeByte(error.code() % 100);
    ByteBufUtil.writeAscii(out, error.reason());
    return pad(length);
  }

  /** UNKNOWN-ATTRIBUTES: what stood in the request, had to be understood, and was not. */
  public StunWriter unknown(int[] types) {
    header(StunAttribute.UNKNOWN_ATTRIBUTES, 2 * types.length);
    for (int type : types) {
      out.writeShort(type);
    }
    return pad(2 * types.length);
  }

  /** Ends the message with MESSAGE-INTEGRITY by {@code key}, and FINGERPRINT. */
  public void end(IntegrityKey key) {
    header(StunAttribute.MESSAGE_INTEGRITY, IntegrityKey.VALUE_BYTES);
    key.write(out, start);
    end();
  }

  /** Ends the message with FINGERPRINT alone. */
  public void end() {
    header(StunAttribute.FINGERPRINT, Fingerprint.VALUE_BYTES);
    int length = out.writerIndex() + Fingerprint.VALUE_BYTES - start - StunHeader.BYTES;
    out.setShort(start + StunHeader.LENGTH_AT, length);
    out.writeInt(Fingerprint.of(out, start, out.writerIndex() - StunAttribute.HEADER_BYTES));
  }

  private void header(int type, int length) {
    out.writeShort(type);
    out.writeShort(length);
  }

  private StunWriter pad(int length) {
    out.writeZero(StunAttribute.padded(length) - length);
    return this;
  }
}
