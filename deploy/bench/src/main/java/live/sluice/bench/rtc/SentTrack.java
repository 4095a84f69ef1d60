package live.sluice.bench.rtc;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.concurrent.ThreadLocalRandom;
import live.sluice.bench.clip.RtcPayload;
import live.sluice.rtc.sdp.Answer;
import live.sluice.rtc.srtp.SrtpSender;
import live.sluice.rtp.rtcp.SenderReport;
import live.sluice.rtp.wire.HeaderExtension;
import org.jspecify.annotations.Nullable;

/**
 * One track as a publisher sends it: headers before payloads that all publishers share, and a history of what was sent,
 * which holds no bytes. On its loop alone.
 */
final class SentTrack {
  private static final int HISTORY = 512;
  private static final int HEADER = 12;
  private static final int EXTENSION = 8;
  private static final int ORIGINAL_SEQUENCE = 2;
  private static final int VERSION_2 = 0x80;
  private static final int HAS_EXTENSION = 0x10;

  /** So low that no receiver misses a roll-over; RFC 3711, section 3.3.1. */
  private static final int FIRST_SEQUENCES = 0x4000;

  private final Answer.Track track;
  private final int ssrc;
  private final int rtxSsrc;
  private final int ticksPerMs;
  private final int transportCcId;
  private final int firstTimestamp = ThreadLocalRandom.current().nextInt();
  private final byte[] head = new byte[HEADER + EXTENSION + ORIGINAL_SEQUENCE];
  private final @Nullable RtcPayload[] payloads = new @Nullable RtcPayload[HISTORY];
  private final int[] sequences = new int[HISTORY];
  private final int[] timestamps = new int[HISTORY];
  private final int[] numbers = new int[HISTORY];
  private final boolean[] markers = new boolean[HISTORY];
  private final long[] clocks = new long[HISTORY];
  private int sequence = ThreadLocalRandom.current().nextInt(FIRST_SEQUENCES);
  private int rtxSequence = ThreadLocalRandom.current().nextInt(FIRST_SEQUENCES);
  private long packets;
  private long octets;

  /** A track that was agreed on, by the sources that were offered. */
  SentTrack(Answer.Track track, int ssrc, int rtxSsrc, int clockRate) {
    this.track = track;
    this.ssrc = ssrc;
    this.rtxSsrc = rtxSsrc;
    this.ticksPerMs = clockRate / 1_000;
    this.transportCcId = track.extensions().id(HeaderExtension.TRANSPORT_CC);
  }

  int ssrc() {
    return ssrc;
  }

  /** Whether packets carry the transport's numbers. */
  boolean numbered() {
    return transportCcId != 0;
  }

  int timestamp(long mediaMs) {
    return firstTimestamp + (int) (mediaMs * ticksPerMs);
  }

  /**
   * Makes the next packet.
   *
   * @param srtp protects it; null: nothing does
   * @param number the transport's; of no meaning where it is not {@link #numbered}
   */
  ByteBuf next(@Nullable SrtpSender srtp, RtcPayload payload, long mediaMs, boolean marker, long wallNanos, int number) {
    int slot = sequence & HISTORY - 1;
    payloads[slot] = payload;
    sequences[slot] = sequence;
    timestamps[slot] = timestamp(mediaMs);
    numbers[slot] = number;
    markers[slot] = marker;
    clocks[slot] = wallNanos;
    int length = head(slot, track.payloadType(), sequence, ssrc, number);
    sequence = sequence + 1 & 0xffff;
    packets++;
    octets += payload.bytes().length;
    return seal(srtp, length, length, payload.at(wallNanos));
  }

  /**
   * Makes a packet once more: by RTX where that was agreed on (RFC 4588), else the same to the last byte, since one key and
   * index must not protect two packets.
   *
   * @return null where it is not kept any more
   */
  @Nullable ByteBuf again(SrtpSender srtp, int wanted, int number) {
    int slot = wanted & HISTORY - 1;
    RtcPayload payload = payloads[slot];
    if (payload == null || sequences[slot] != wanted) {
      return null;
    }
    ByteBuf content = payload.at(clocks[slot]);
    if (track.rtxPayloadType() < 0) {
      int length = head(slot, track.payloadType(), wanted, ssrc, numbers[slot]);
      return seal(srtp, length, length, content);
    }
    int length = head(slot, track.rtxPayloadType(), rtxSequence, rtxSsrc, number);
    rtxSequence = rtxSequence + 1 & 0xffff;
    head[length] = (byte) (wanted >> 8);
    head[length + 1] = (byte) wanted;
    return seal(srtp, length + ORIGINAL_SEQUENCE, length, content);
  }

  private int head(int slot, int payloadType, int ofSequence, int source, int number) {
    head[0] = (byte) (numbered() ? VERSION_2 | HAS_EXTENSION : VERSION_2);
    head[1] = (byte) ((markers[slot] ? 0x80 : 0) | payloadType);
    head[2] = (byte) (ofSequence >> 8);
    head[3] = (byte) ofSequence;
    int32(4, timestamps[slot]);
    int32(8, source);
    if (!numbered()) {
      return HEADER;
    }
    // RFC 8285, section 4.2: the one-byte form, one word, one element of two bytes, and a byte of padding.
    int32(HEADER, 0xbede0001);
    int32(HEADER + Integer.BYTES, (transportCcId << 4 | 1) << 24 | (number & 0xffff) << 8);
    return HEADER + EXTENSION;
  }

  private void int32(int at, int value) {
    head[at] = (byte) (value >> 24);
    head[at + 1] = (byte) (value >> 16);
    head[at + 2] = (byte) (value >> 8);
    head[at + 3] = (byte) value;
  }

  private ByteBuf seal(@Nullable SrtpSender srtp, int headLength, int clearLength, ByteBuf payload) {
    int length = payload.readableBytes();
    if (srtp == null) {
      return ByteBufAllocator.DEFAULT.directBuffer(headLength + length).writeBytes(head, 0, headLength).writeBytes(payload);
    }
    ByteBuf out = ByteBufAllocator.DEFAULT.directBuffer(headLength + length + srtp.rtpOverhead());
    srtp.protect(head, headLength, clearLength, payload, 0, length, out);
    return out;
  }

  /** What a report says of it now. */
  SenderReport report(long ntp, long mediaMs) {
    return new SenderReport(ssrc, ntp, timestamp(mediaMs), packets & 0xffffffffL, octets & 0xffffffffL);
  }
}
