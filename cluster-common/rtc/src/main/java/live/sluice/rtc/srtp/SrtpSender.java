package live.sluice.rtc.srtp;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Protects what one side sends to one peer: RTP of any number of sources, and RTCP. It belongs to one thread.
 *
 * <p>Made for fan-out: the payload is shared and only read, the header is the peer's own, and the result goes to a
 * buffer of the peer. Each byte is copied once to an array and encrypted from there to another; the JDK's cipher
 * allocates 0.9 kB a packet for GCM, which does not live long, and this class nothing.
 *
 * <p><b>Sending again:</b> a packet that is protected twice (a NACK answered without RTX) gets the same index and so
 * the same key stream. It must be the same to the last byte of its header, extensions too: the result is then the
 * bytes of the first time, and nothing is given away. Under GCM, two different packets of one index would give away the
 * authentication key. So where there is no RTX, no header extension may differ from one sending to the next.
 *
 * <p>A source should begin below sequence number 32,768: a receiver that misses the first packets before a roll-over
 * would not know of it. RFC 3711, section 3.3.1.
 */
public final class SrtpSender {
  private static final int RTCP_HEADER = 8;
  private static final int WORD = 4;
  private static final int ENCRYPTED = 0x8000_0000;

  private final SrtpProfile profile;
  private final SessionKeys rtpKeys;
  private final SessionKeys rtcpKeys;
  private final OutgoingSources sources = new OutgoingSources();
  // Ciphers weigh some kB, and a peer that only receives needs one of them.
  private @Nullable PacketCipher rtp;
  private @Nullable PacketCipher rtcp;
  private int rtcpIndex;

  SrtpSender(SrtpProfile profile, SessionKeys rtpKeys, SessionKeys rtcpKeys, int firstRtcpIndex) {
    this.profile = profile;
    this.rtpKeys = rtpKeys;
    this.rtcpKeys = rtcpKeys;
    this.rtcpIndex = firstRtcpIndex;
  }

  /** The sender of the side that {@code keys} are of. */
  public static SrtpSender of(SrtpKeys keys) {
    return new SrtpSender(
        keys.profile(),
        SessionKeys.ofRtp(keys.profile(), keys.sendKey(), keys.sendSalt()),
        SessionKeys.ofRtcp(keys.profile(), keys.sendKey(), keys.sendSalt()),
        1);
  }

  /** How packets are protected. */
  public SrtpProfile profile() {
    return profile;
  }

  /** Bytes that an RTP packet grows by. */
  public int rtpOverhead() {
    return profile.tagBytes();
  }

  /** Bytes that an RTCP packet grows by. */
  public int rtcpOverhead() {
    return profile.tagBytes() + WORD;
  }

  /**
   * Protects an RTP packet that is made of a peer's header and a shared payload.
   *
   * @param head from 0 on the RTP header with its extension, and what goes before the payload and is encrypted with it,
   *     such as the original sequence number of RTX
   * @param headLength bytes of both
   * @param clearLength bytes of the header alone, 12 or more
   * @param payload holds the payload; borrowed, only read, its indices are not moved
   * @param payloadAt where it begins there, counted as {@link ByteBuf#getByte} does
   * @param payloadLength bytes of it
   * @param out the result is written to it; borrowed; it must not be {@code payload}
   * @return bytes written
   */
  public int protect(
      byte[] head,
      int headLength,
      int clearLength,
      ByteBuf payload,
      int payloadAt,
      int payloadLength,
      ByteBuf out) {
    int prefix = headLength - clearLength;
    int length = prefix + payloadLength;
    byte[] source;
    int sourceAt;
    if (prefix == 0 && payload.hasArray()) {
      source = payload.array();
      sourceAt = payload.arrayOffset() + payloadAt;
    } else {
      source = Scratch.local().source(length);
      sourceAt = 0;
      System.arraycopy(head, clearLength, source, 0, prefix);
      payload.getBytes(payloadAt, source, prefix, payloadLength);
    }
    return seal(head, clearLength, source, sourceAt, length, out);
  }

  /**
   * Protects a whole RTP packet.
   *
   * @param packet borrowed; its indices are not moved
   * @param out the result is written to it; borrowed; it must not be {@code packet}
   * @return bytes written
   * @throws IllegalArgumentException if it is none
   */
  public int protect(ByteBuf packet, ByteBuf out) {
    int clearLength = RtpLayout.headerLength(packet);
    if (clearLength < 0) {
      throw new IllegalArgumentException("no RTP packet, " + packet.readableBytes() + " bytes");
    }
    byte[] head = Scratch.local().head(clearLength);
    packet.getBytes(packet.readerIndex(), head, 0, clearLength);
    int payloadAt = packet.readerIndex() + clearLength;
    return protect(head, clearLength, clearLength, packet, payloadAt, packet.readableBytes() - clearLength, out);
  }

  private int seal(byte[] head, int clearLength, byte[] source, int sourceAt, int length, ByteBuf out) {
    PacketCipher cipher = rtp;
    if (cipher == null) {
      cipher = PacketCipher.ofRtp(profile, rtpKeys);
      rtp = cipher;
    }
    int ssrc = PacketCipher.readInt(head, 8);
    long index = sources.index(ssrc, ((head[2] & 0xff) << 8) | (head[3] & 0xff));
    int sealed = length + profile.tagBytes();
    out.ensureWritable(clearLength + sealed);
    out.writeBytes(head, 0, clearLength);
    int rollOvers = (int) (index >>> 16);
    if (out.hasArray() && out.array() != source) {
      int at = out.arrayOffset() + out.writerIndex();
      cipher.seal(
          ssrc, index, rollOvers, head, clearLength, source, sourceAt, length, out.array(), at, at + length);
      out.writerIndex(out.writerIndex() + sealed);
    } else {
      byte[] target = Scratch.local().target(sealed);
      cipher.seal(ssrc, index, rollOvers, head, clearLength, source, sourceAt, length, target, 0, length);
      out.writeBytes(target, 0, sealed);
    }
    return clearLength + sealed;
  }

  /**
   * Protects a compound RTCP packet, or one of reduced size.
   *
   * @param packet borrowed, 8 bytes at least; its indices are not moved
   * @param out the result is written to it; borrowed; it must not be {@code packet}
   * @return bytes written
   * @throws IllegalStateException after 2^31 of them, which takes years: keys are worn then
   */
  public int protectRtcp(ByteBuf packet, ByteBuf out) {
    if (rtcpIndex < 0) {
      throw new IllegalStateException("2^31 RTCP packets under one key");
    }
    PacketCipher cipher = rtcp;
    if (cipher == null) {
      cipher = PacketCipher.ofRtcp(profile, rtcpKeys);
      rtcp = cipher;
    }
    // One index for all sources: each of them sees it grow, and no two packets share one.
    int index = rtcpIndex++;
    int word = ENCRYPTED | index;
    int at = packet.readerIndex();
    int length = packet.readableBytes() - RTCP_HEADER;
    Scratch scratch = Scratch.local();
    byte[] head = scratch.head(RTCP_HEADER);
    packet.getBytes(at, head, 0, RTCP_HEADER);
    byte[] source = scratch.source(length);
    packet.getBytes(at + RTCP_HEADER, source, 0, length);
    int tag = profile.tagBytes();
    byte[] target = scratch.target(length + tag + WORD);
    // RFC 3711, section 3.4: the word, then the tag. RFC 7714, section 9.2: the tag belongs to the ciphertext.
    boolean tagFirst = profile == SrtpProfile.AEAD_AES_128_GCM;
    cipher.seal(
        PacketCipher.readInt(head, 4),
        index,
        word,
        head,
        RTCP_HEADER,
        source,
        0,
        length,
        target,
        0,
        tagFirst ? length : length + WORD);
    PacketCipher.writeInt(target, tagFirst ? length + tag : length, word);
    out.writeBytes(head, 0, RTCP_HEADER);
    out.writeBytes(target, 0, length + tag + WORD);
    return RTCP_HEADER + length + tag + WORD;
  }
}
