package live.sluice.rtc;

import io.netty.buffer.ByteBuf;
import live.sluice.media.MediaKind;
import live.sluice.rtc.srtp.SrtpSender;
import live.sluice.rtp.RtpPacket;
import live.sluice.rtp.send.BandwidthEstimator;
import org.jspecify.annotations.Nullable;

/**
 * Puts a player's own header before each packet, protects and sends it; sends lost ones again. What is sent goes out with
 * {@link #flush}. On the player's loop.
 */
final class PacketSender {
  private static final int FIXED_HEADER = 12;

  /** Header, one extension block, and the original number of a packet sent again. */
  private static final int HEAD_BYTES = FIXED_HEADER + 8 + 2;

  /** So much may be sent again, as a part of what was sent, and to begin with in bytes: who asks for more is flooded. */
  private static final double RESEND_SHARE = 0.5;

  private static final long RESEND_START = 256 << 10;

  private final Peer peer;
  private final @Nullable BandwidthEstimator estimator;
  private final SendTrain train;
  private final byte[] head = new byte[HEAD_BYTES];
  private int transportSequence;
  private long sentBytes;
  private long resentBytes;

  /**
   * Nothing was sent yet.
   *
   * @param estimator told of all that is sent with a number of the transport; null for nobody
   */
  PacketSender(Peer peer, @Nullable BandwidthEstimator estimator) {
    this.peer = peer;
    this.estimator = estimator;
    this.train = new SendTrain(peer.allocator());
  }

  /** Whether there is somewhere to send to, and keys. */
  boolean isReady() {
    return peer.path() != null && peer.sender() != null;
  }

  /**
   * Sends a packet of a track.
   *
   * @param ahead packets that are likely to come before {@link #flush}, this one included
   * @return its bytes
   */
  int send(EgressTrack track, RtpPacket packet, int ahead) {
    EgressWire wire = track.wire();
    int length = header(wire.payloadType(), wire.ssrc(), wire.transportCcId(), track.sequenceOf(packet), track.timestampOf(packet), packet);
    put(length, length, packet, ahead);
    track.sent(packet);
    int bytes = length + packet.payloadLength();
    sentBytes += bytes;
    peer.session().countSent(bytes);
    if (packet.marker() || packet.track().kind() == MediaKind.AUDIO) {
      peer.session().countFrame();
    }
    return bytes;
  }

  /** Sends a packet again that went out with that number: by RTX where the player knows it, RFC 4588. */
  void resend(EgressTrack track, RtpPacket packet, int sequence) {
    EgressWire wire = track.wire();
    if (resentBytes > RESEND_START + (long) (sentBytes * RESEND_SHARE)) {
      return;
    }
    int timestamp = track.timestampAgain(packet, sequence);
    int length;
    int clear;
    if (wire.rtxPayloadType() >= 0) {
      // Section 4: the original sequence number goes before the payload.
      clear = header(wire.rtxPayloadType(), wire.rtxSsrc(), wire.transportCcId(), track.nextRtxSequence(), timestamp, packet);
      head[clear] = (byte) (sequence >>> 8);
      head[clear + 1] = (byte) sequence;
      length = clear + 2;
    } else if (wire.transportCcId() == 0) {
      clear = header(wire.payloadType(), wire.ssrc(), 0, sequence, timestamp, packet);
      length = clear;
    } else {
      return; // it would not be the same to the last byte: see SrtpSender
    }
    put(length, clear, packet, 1);
    int bytes = length + packet.payloadLength();
    resentBytes += bytes;
    peer.session().countSent(bytes);
    peer.counters().resent.increment();
  }

  private void put(int headLength, int clear, RtpPacket packet, int ahead) {
    PeerPath path = peer.path();
    SrtpSender srtp = peer.sender();
    if (path == null || srtp == null) {
      return;
    }
    ByteBuf bytes = packet.bytes();
    int payloadAt = bytes.readerIndex() + packet.payloadOffset();
    train.add(path, srtp, head, headLength, clear, bytes, payloadAt, packet.payloadLength(), ahead);
    BandwidthEstimator estimate = estimator;
    if (estimate != null && clear > FIXED_HEADER) {
      int size = headLength + packet.payloadLength() + srtp.rtpOverhead();
      estimate.onSent(transportSequence - 1, size, peer.ticker().nanos());
    }
  }

  /** What was sent so far goes out. */
  void flush() {
    PeerPath path = peer.path();
    if (path != null) {
      train.flush(path);
    }
  }

  /** Writes the fixed header, and the extension where there is one; gives its length. */
  private int header(int payloadType, int ssrc, int transportCcId, int sequence, int timestamp, RtpPacket packet) {
    head[0] = (byte) (transportCcId == 0 ? 0x80 : 0x90);
    head[1] = (byte) ((packet.marker() ? 0x80 : 0) | payloadType);
    putShort(2, sequence);
    putInt(4, timestamp);
    putInt(8, ssrc);
    if (transportCcId == 0) {
      return FIXED_HEADER;
    }
    // RFC 8285, section 4.2: one element of two bytes, padded to a word.
    putShort(12, 0xbede);
    putShort(14, 1);
    head[16] = (byte) (transportCcId << 4 | 1);
    putShort(17, transportSequence++);
    head[19] = 0;
    return FIXED_HEADER + 8;
  }

  private void putShort(int at, int value) {
    head[at] = (byte) (value >>> 8);
    head[at + 1] = (byte) value;
  }

  private void putInt(int at, int value) {
    putShort(at, value >>> 16);
    putShort(at + 2, value);
  }
}
