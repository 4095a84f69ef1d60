package live.sluice.rtc.srtp;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Opens what one side receives from one peer: RTP of up to 64 sources, and RTCP of as many. It belongs to one thread.
 * Whatever comes in, it throws nothing and keeps nothing before a packet has proved authentic.
 */
public final class SrtpReceiver {
  /** Sources of which a context keeps state. */
  static final int MAX_SOURCES = 64;

  // A second of 10 Mb/s: what is sent again may be that late.
  private static final int RTP_WINDOW = 1024;
  private static final int RTCP_WINDOW = 128;
  private static final int RTCP_HEADER = 8;
  private static final int WORD = 4;
  private static final int ENCRYPTED = 0x8000_0000;
  private static final long ROUND = 1 << 16;
  // Behind its first roll-over by so little a source may be when its first packet gets here.
  private static final int JUST_ROLLED_OVER = 1024;

  private final SrtpProfile profile;
  private final SessionKeys rtpKeys;
  private final SessionKeys rtcpKeys;
  private final IncomingSources rtpSources = new IncomingSources(MAX_SOURCES, RTP_WINDOW);
  private final IncomingSources rtcpSources = new IncomingSources(MAX_SOURCES, RTCP_WINDOW);
  // Ciphers weigh some kB, and a player sends RTCP only.
  private @Nullable PacketCipher rtp;
  private @Nullable PacketCipher rtcp;

  SrtpReceiver(SrtpProfile profile, SessionKeys rtpKeys, SessionKeys rtcpKeys) {
    this.profile = profile;
    this.rtpKeys = rtpKeys;
    this.rtcpKeys = rtcpKeys;
  }

  /** The receiver of the side that {@code keys} are of. */
  public static SrtpReceiver of(SrtpKeys keys) {
    return new SrtpReceiver(
        keys.profile(),
        SessionKeys.ofRtp(keys.profile(), keys.receiveKey(), keys.receiveSalt()),
        SessionKeys.ofRtcp(keys.profile(), keys.receiveKey(), keys.receiveSalt()));
  }

  /**
   * Opens an RTP packet in its buffer: what is readable there is the plain packet afterwards, its tag cut off.
   *
   * @param packet borrowed, writable and not shared; unchanged if the result is not OK
   */
  public SrtpResult unprotect(ByteBuf packet) {
    int tag = profile.tagBytes();
    int length = packet.readableBytes();
    int header = RtpLayout.headerLength(packet);
    if (header < 0 || length < header + tag || length > Scratch.MAX_PACKET) {
      return SrtpResult.MALFORMED;
    }
    int at = packet.readerIndex();
    int sequence = packet.getUnsignedShort(at + 2);
    int ssrc = packet.getInt(at + 8);
    ReplayWindow window = rtpSources.find(ssrc);
    long index = sequence;
    if (window != null) {
      index = PacketIndex.estimate(window.highest(), sequence);
      if (index < 0 || window.seen(index)) {
        return SrtpResult.REPLAY;
      }
    } else if (rtpSources.full()) {
      return SrtpResult.TOO_MANY_SSRC;
    }
    int payload = length - header - tag;
    Scratch scratch = Scratch.local();
    byte[] source = scratch.source(length);
    byte[] target = scratch.target(payload + tag);
    packet.getBytes(at, source, 0, length);
    boolean open = open(ssrc, index, source, header, payload, target);
    if (!open && window == null && sequence < JUST_ROLLED_OVER) {
      // Some begin anywhere, and all they sent before the first roll-over may be lost.
      index += ROUND;
      open = open(ssrc, index, source, header, payload, target);
    }
    if (!open) {
      return SrtpResult.AUTH;
    }
    if (window != null) {
      window.mark(index);
    } else {
      rtpSources.add(ssrc, index);
    }
    packet.setBytes(at + header, target, 0, payload);
    packet.writerIndex(at + header + payload);
    return SrtpResult.OK;
  }

  private boolean open(int ssrc, long index, byte[] source, int header, int payload, byte[] target) {
    PacketCipher cipher = rtp;
    if (cipher == null) {
      cipher = PacketCipher.ofRtp(profile, rtpKeys);
      rtp = cipher;
    }
    return cipher.open(ssrc, index, (int) (index >>> 16), source, header, payload, header + payload, target);
  }

  /**
   * Opens an RTCP packet in its buffer: what is readable there is the plain packet afterwards, index and tag cut off.
   * One that is authentic but not encrypted is taken as well.
   *
   * @param packet borrowed, writable and not shared; unchanged if the result is not OK
   */
  public SrtpResult unprotectRtcp(ByteBuf packet) {
    int tag = profile.tagBytes();
    int length = packet.readableBytes();
    int at = packet.readerIndex();
    if (length < RTCP_HEADER + WORD + tag
        || length > Scratch.MAX_PACKET
        || packet.getUnsignedByte(at) >>> 6 != 2) {
      return SrtpResult.MALFORMED;
    }
    int plain = length - WORD - tag;
    boolean tagFirst = profile == SrtpProfile.AEAD_AES_128_GCM;
    int word = packet.getInt(at + (tagFirst ? plain + tag : plain));
    int index = word & ~ENCRYPTED;
    int ssrc = packet.getInt(at + 4);
    ReplayWindow window = rtcpSources.find(ssrc);
    if (window != null) {
      if (window.seen(index)) {
        return SrtpResult.REPLAY;
      }
    } else if (rtcpSources.full()) {
      return SrtpResult.TOO_MANY_SSRC;
    }
    int clear = (word & ENCRYPTED) != 0 ? RTCP_HEADER : plain;
    int encrypted = plain - clear;
    Scratch scratch = Scratch.local();
    byte[] source = scratch.source(length);
    byte[] target = scratch.target(encrypted + tag);
    packet.getBytes(at, source, 0, length);
    if (!openRtcp(ssrc, index, word, source, clear, encrypted, tagFirst ? plain : plain + WORD, target)) {
      return SrtpResult.AUTH;
    }
    if (window != null) {
      window.mark(index);
    } else {
      rtcpSources.add(ssrc, index);
    }
    packet.setBytes(at + clear, target, 0, encrypted);
    packet.writerIndex(at + plain);
    return SrtpResult.OK;
  }

  private boolean openRtcp(
      int ssrc, long index, int word, byte[] source, int clear, int encrypted, int tagAt, byte[] target) {
    PacketCipher cipher = rtcp;
    if (cipher == null) {
      cipher = PacketCipher.ofRtcp(profile, rtcpKeys);
      rtcp = cipher;
    }
    return cipher.open(ssrc, index, word, source, clear, encrypted, tagAt, target);
  }
}
