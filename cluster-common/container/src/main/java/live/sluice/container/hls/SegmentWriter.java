package live.sluice.container.hls;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import live.sluice.container.ts.TsMuxer;
import live.sluice.media.Frame;
import org.jspecify.annotations.Nullable;

/**
 * Writes a stream's segments, one after the other, and dates them: from one discontinuity to the next their dates follow
 * the media's time. Owns the bytes of the one that is open. Confined to the packager's lock.
 */
final class SegmentWriter {
  private static final int LEAST_CAPACITY = 64 << 10;

  private final ByteBufAllocator allocator;
  private final TsMuxer muxer = new TsMuxer();
  private @Nullable OpenSegment open;
  private long anchorWallMs;
  private long anchorDts;
  private int expectedBytes = LEAST_CAPACITY;

  SegmentWriter(ByteBufAllocator allocator) {
    this.allocator = allocator;
  }

  /** The segment that is open, null where none is. */
  @Nullable OpenSegment open() {
    return open;
  }

  /** What comes next, from {@code dts} on, is no continuation; it is dated by the wall clock. */
  void discontinue(long wallMs, long dts) {
    anchorWallMs = wallMs;
    anchorDts = dts;
    muxer.discontinuity();
  }

  /**
   * Opens a segment, which {@code first} is then to be written to.
   *
   * @param nowMs monotonic time
   * @param goalMs the duration that is aimed at
   * @param movable see {@link OpenSegment}
   */
  OpenSegment open(Sequences sequences, HeldTracks tracks, long nowMs, long goalMs, boolean movable, Frame first) {
    tracks.tell(muxer);
    ByteBuf bytes = allocator.directBuffer(expectedBytes);
    muxer.begin(bytes);
    long wallMs = anchorWallMs + (first.dts() - anchorDts);
    OpenSegment next =
        new OpenSegment(sequences.next(), bytes, sequences.discontinuity(), wallMs, nowMs, goalMs, movable, first);
    open = next;
    return next;
  }

  void write(Frame frame, OpenSegment at) {
    muxer.write(frame, at.bytes);
    at.saw(frame);
  }

  /** Completes the open segment, which ends at {@code endDts}; the caller takes over its bytes. */
  HlsSegment complete(OpenSegment last, long endDts) {
    muxer.flush(last.bytes);
    long durationMs = Math.max(1, last.elapsed(endDts));
    int size = last.bytes.readableBytes();
    expectedBytes = Math.max(LEAST_CAPACITY, size + size / 8);
    open = null;
    return new HlsSegment(
        last.name, last.bytes, durationMs, last.startWallMs(), last.discontinuitySequence, last.independent());
  }

  /** Throws away what is open. */
  void close() {
    OpenSegment last = open;
    if (last != null) {
      last.bytes.release();
    }
    open = null;
    muxer.close();
  }
}
