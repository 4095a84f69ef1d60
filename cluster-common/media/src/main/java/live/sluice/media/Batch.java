package live.sluice.media;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.List;

/**
 * What came for a leg within one write window: gathered on the stream's loop, handed over, and walked on the readers'
 * loop; never used by both at once. It holds a reference to each frame until {@link #handOver} or {@link #release}.
 */
final class Batch {
  /** Past this, copying frames into one buffer costs more than the system calls it could save. */
  private static final int MAX_MERGED_BYTES = 512 * 1024;

  private final List<Frame> frames = new ArrayList<>();
  private long sinceNanos;
  private int bytes;
  private int mediaFrames;
  private boolean hasVideo;
  private boolean hasAudio;

  /** Takes over {@code frame}, whose {@code form} is made and which came at {@code nanos}. */
  void add(Frame frame, WireForm form, long nanos) {
    if (frames.isEmpty()) {
      sinceNanos = nanos;
    }
    frames.add(frame);
    bytes += frame.ready(form).readableBytes();
    mediaFrames += frame.config() ? 0 : 1;
    hasVideo |= frame.kind() == MediaKind.VIDEO;
    hasAudio |= frame.kind() == MediaKind.AUDIO;
  }

  boolean isEmpty() {
    return frames.isEmpty();
  }

  /** When its first frame came, in ns. */
  long sinceNanos() {
    return sinceNanos;
  }

  /** Frames that are no configuration. */
  int mediaFrames() {
    return mediaFrames;
  }

  boolean hasVideo() {
    return hasVideo;
  }

  boolean hasAudio() {
    return hasAudio;
  }

  /** Whether one buffer for all of it is worth its copy, for that many readers. */
  boolean worthMerging(int readers) {
    return frames.size() == 1 || (readers > 1 && bytes <= MAX_MERGED_BYTES);
  }

  /** All its frames in that form, one behind the other; the caller releases it. */
  ByteBuf merged(WireForm form, ByteBufAllocator allocator) {
    if (frames.size() == 1) {
      return frames.getFirst().ready(form).retain();
    }
    ByteBuf all = allocator.directBuffer(bytes);
    for (int i = 0; i < frames.size(); i++) {
      ByteBuf one = frames.get(i).ready(form);
      all.writeBytes(one, one.readerIndex(), one.readableBytes());
    }
    return all;
  }

  /** Gives its frames to {@code ring}, as of {@code nowMs}; the numbers above stay until {@link #clear}. */
  void handOver(FrameRing ring, long nowMs) {
    for (int i = 0; i < frames.size(); i++) {
      ring.add(frames.get(i), nowMs);
    }
  }

  /** Releases its frames, where nobody takes them. */
  void release() {
    for (int i = 0; i < frames.size(); i++) {
      frames.get(i).release();
    }
    clear();
  }

  /** Forgets its frames, to be filled again. */
  void clear() {
    frames.clear();
    bytes = 0;
    mediaFrames = 0;
    hasVideo = false;
    hasAudio = false;
  }
}
