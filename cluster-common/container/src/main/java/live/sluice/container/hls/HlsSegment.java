package live.sluice.container.hls;

import io.netty.buffer.ByteBuf;
import io.netty.util.AbstractReferenceCounted;
import io.netty.util.ReferenceCounted;

/**
 * A complete segment. Reference counted: who gets one from {@link HlsPackager#segment} releases it; its bytes go on living
 * in each {@code content().retainedDuplicate()}. Immutable, for use on any thread.
 */
public final class HlsSegment extends AbstractReferenceCounted {
  private final HlsSegmentName name;
  private final ByteBuf content;
  private final long durationMs;
  private final long startWallMs;
  private final long discontinuitySequence;
  private final boolean independent;

  HlsSegment(
      HlsSegmentName name,
      ByteBuf content,
      long durationMs,
      long startWallMs,
      long discontinuitySequence,
      boolean independent) {
    this.name = name;
    this.content = content;
    this.durationMs = durationMs;
    this.startWallMs = startWallMs;
    this.discontinuitySequence = discontinuitySequence;
    this.independent = independent;
  }

  /** Epoch and media sequence number. */
  public HlsSegmentName name() {
    return name;
  }

  /** The transport stream; borrowed, do not move its indices. */
  public ByteBuf content() {
    return content;
  }

  /** Duration in ms, from decoding times. */
  public long durationMs() {
    return durationMs;
  }

  /** Wall clock in ms of its first access unit, as it came to this node. */
  public long startWallMs() {
    return startWallMs;
  }

  /** Its discontinuity sequence number (RFC 8216, section 6.2.1). */
  public long discontinuitySequence() {
    return discontinuitySequence;
  }

  /** Whether it can be decoded without the segment before it. */
  public boolean independent() {
    return independent;
  }

  /** Bytes of memory that it takes. */
  int memory() {
    return content.capacity();
  }

  @Override
  public HlsSegment retain() {
    super.retain();
    return this;
  }

  @Override
  public ReferenceCounted touch(Object hint) {
    content.touch(hint);
    return this;
  }

  @Override
  protected void deallocate() {
    content.release();
  }
}
