package live.sluice.rtp;

import io.netty.buffer.ByteBuf;
import io.netty.util.AbstractReferenceCounted;
import io.netty.util.ReferenceCounted;

/**
 * One packet of a stream in plain, shared by all that read it: who is handed one as an argument borrows it, and retains it
 * to keep it. Header, payload and times are those of its publisher and never written to; readers put a header of their own
 * before the payload. Padding has been cut off, and packets of nothing but padding, FEC and RTX never become one.
 */
public final class RtpPacket extends AbstractReferenceCounted {
  private final RtpTrack track;
  private final int layer;
  private final ByteBuf bytes;
  private final int payloadOffset;
  private final boolean keyframe;
  private final long arrivalNanos;

  /**
   * Makes a packet; it takes over {@code bytes}.
   *
   * @param track whose it is
   * @param layer simulcast layer, from 0, the least; 0 where there is one only
   * @param bytes the whole packet from its fixed header on, without padding
   * @param payloadOffset where the payload begins, in bytes from the reader index
   * @param keyframe whether a picture that can be decoded by itself begins with it; true for sound
   * @param arrivalNanos when it came, by the monotonic clock, in ns
   */
  public RtpPacket(
      RtpTrack track, int layer, ByteBuf bytes, int payloadOffset, boolean keyframe, long arrivalNanos) {
    this.track = track;
    this.layer = layer;
    this.bytes = bytes;
    this.payloadOffset = payloadOffset;
    this.keyframe = keyframe;
    this.arrivalNanos = arrivalNanos;
  }

  /** Whose it is. */
  public RtpTrack track() {
    return track;
  }

  /** Its simulcast layer, from 0. */
  public int layer() {
    return layer;
  }

  /** All of it; borrowed. Read it without moving its indices. */
  public ByteBuf bytes() {
    return bytes;
  }

  /** Bytes before the payload. */
  public int payloadOffset() {
    return payloadOffset;
  }

  /** Bytes of the payload. */
  public int payloadLength() {
    return bytes.readableBytes() - payloadOffset;
  }

  /** Whether a picture that can be decoded by itself begins with it. */
  public boolean keyframe() {
    return keyframe;
  }

  /** When it came, by the monotonic clock, in ns. */
  public long arrivalNanos() {
    return arrivalNanos;
  }

  /** Its sequence number, 16 bits; RFC 3550, section 5.1. */
  public int sequence() {
    return bytes.getUnsignedShort(bytes.readerIndex() + 2);
  }

  /** Its timestamp, 32 bits, in ticks of the track's clock. */
  public int timestamp() {
    return bytes.getInt(bytes.readerIndex() + 4);
  }

  /** The marker: the last packet of a picture. */
  public boolean marker() {
    return (bytes.getByte(bytes.readerIndex() + 1) & 0x80) != 0;
  }

  @Override
  public RtpPacket retain() {
    super.retain();
    return this;
  }

  @Override
  protected void deallocate() {
    bytes.release();
  }

  @Override
  public ReferenceCounted touch(Object hint) {
    bytes.touch(hint);
    return this;
  }
}
