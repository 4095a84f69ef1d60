package live.sluice.bench.rtc;

import io.netty.buffer.ByteBuf;
import live.sluice.bench.scan.SenderClock;
import live.sluice.media.Codec;

/** Finds the publisher's clock in the first packet of a picture, and in packets of our own sound. Not thread-safe. */
final class ClockFinder {
  /** Parameter sets may stand before it. */
  private static final int LOOKED_AT = 256;

  private static final int AVC_SEI = 6;
  private static final int AVC_AGGREGATE = 24;
  private static final int HEVC_SEI = 39;
  private static final int HEVC_AGGREGATE = 48;

  private final byte[] head = new byte[LOOKED_AT];

  /** The clock in a plain packet's payload, in ns since 1970; {@link Pictures#NO_CLOCK} where there is none. */
  long find(Codec codec, ByteBuf packet, int payloadOffset) {
    int length = Math.min(LOOKED_AT, packet.readableBytes() - payloadOffset);
    int at = packet.readerIndex() + payloadOffset;
    if (length < SenderClock.AVC_BYTES - Integer.BYTES || !mayHold(codec, packet.getByte(at))) {
      return Pictures.NO_CLOCK;
    }
    packet.getBytes(at, head, 0, length);
    return SenderClock.find(head, length);
  }

  private static boolean mayHold(Codec codec, int first) {
    return switch (codec) {
      case H264 -> (first & 0x1f) == AVC_SEI || (first & 0x1f) == AVC_AGGREGATE;
      case HEVC -> (first >> 1 & 0x3f) == HEVC_SEI || (first >> 1 & 0x3f) == HEVC_AGGREGATE;
      // Several frames in a packet (RFC 6716, section 3.2.5), of which there is one with padding behind it.
      case OPUS -> (first & 3) == 3;
      default -> false;
    };
  }
}
