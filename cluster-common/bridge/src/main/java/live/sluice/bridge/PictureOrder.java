package live.sluice.bridge;

import live.sluice.media.Codec;
import live.sluice.media.Frame;
import live.sluice.media.codec.Nal;
import live.sluice.media.codec.NalCursor;

/**
 * Keeps pictures of H.264 and HEVC in the order of their presentation, which is the only one that WebRTC players know.
 * A picture that is shown before one that was decoded earlier is a B-frame: where nothing refers to it, it is left out
 * and nobody misses it but the eye; where others do, the stream can't be had without decoding it.
 *
 * <p>Other codecs carry their pictures in order: AV1 and VP9 keep what is reordered inside one frame. Not thread-safe.
 */
final class PictureOrder {
  /** What is to be done with a picture. */
  enum Verdict {
    /** It is in order. */
    SEND,
    /** It is out of order, and nothing refers to it. */
    DROP,
    /** It is out of order, and others refer to it. */
    REFERENCED
  }

  private static final int H264_IMPORTANCE = 0x60;
  private static final int HEVC_LAST_TRAILING = 5;
  private static final int HEVC_LAST_LEADING = 9;
  private static final int HEVC_LAST_RESERVED = 14;

  private final NalCursor cursor = new NalCursor();
  private boolean started;
  private long newest;
  private long offsetOfNewest;

  /** The next picture has nothing to do with those before it. */
  void reset() {
    started = false;
  }

  /**
   * Judges the next picture in decoding order.
   *
   * @param frame borrowed
   * @param lengthSize bytes of the length before each of its NAL units
   */
  Verdict judge(Frame frame, int lengthSize) {
    Codec codec = frame.track().codec();
    boolean reorders = codec == Codec.H264 || codec == Codec.HEVC;
    // Where a publisher's clock goes back, both times do, and this is no B-frame.
    boolean back = frame.pts() < newest && frame.compositionOffset() < offsetOfNewest;
    if (!started || frame.keyframe() || !reorders || !back) {
      if (!started || frame.keyframe() || frame.pts() >= newest) {
        newest = frame.pts();
        offsetOfNewest = frame.compositionOffset();
      }
      started = true;
      return Verdict.SEND;
    }
    return isDisposable(frame, codec, lengthSize) ? Verdict.DROP : Verdict.REFERENCED;
  }

  private boolean isDisposable(Frame frame, Codec codec, int lengthSize) {
    cursor.reset(frame.payload(), lengthSize);
    while (cursor.next()) {
      int first = cursor.firstByte();
      int type = Nal.type(codec, first);
      if (Nal.isSlice(codec, type)) {
        boolean needed = codec == Codec.HEVC ? isNeeded(type) : (first & H264_IMPORTANCE) != 0;
        if (needed) {
          return false;
        }
      }
    }
    return true;
  }

  /**
   * Of HEVC (table 7-1): even numbers up to 14 are referred to by none of their own layer; leading pictures (6 to 9)
   * are referred to by none but leading ones, all of which are out of order.
   */
  private static boolean isNeeded(int type) {
    boolean leading = type > HEVC_LAST_TRAILING && type <= HEVC_LAST_LEADING;
    return !leading && (type > HEVC_LAST_RESERVED || (type & 1) != 0);
  }
}
