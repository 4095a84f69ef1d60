package live.sluice.media.testing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import live.sluice.media.Codec;
import live.sluice.media.Frame;
import live.sluice.media.Track;

/** Frames for tests; their payload holds their time, so that they can be told apart. */
public final class Frames {
  private static final Track VIDEO = new Track(0, Codec.H264, new byte[] {1}, null, null);
  private static final Track AUDIO = new Track(0, Codec.AAC, new byte[] {2}, null, null);

  private Frames() {}

  /** A keyframe. */
  public static Frame key(long dts) {
    return new Frame(VIDEO, dts, 0, true, false, payload(dts));
  }

  /** A picture that refers to earlier ones. */
  public static Frame delta(long dts) {
    return new Frame(VIDEO, dts, 0, false, false, payload(dts));
  }

  /** A frame of sound. */
  public static Frame audio(long dts) {
    return new Frame(AUDIO, dts, 0, true, false, payload(dts));
  }

  /** Video's configuration. */
  public static Frame videoConfig(long dts) {
    return new Frame(VIDEO, dts, 0, false, true, payload(dts));
  }

  /** Video's configuration, another one for each {@code version}. */
  public static Frame videoConfig(long dts, int version) {
    Track track = new Track(0, Codec.H264, new byte[] {(byte) version}, null, null);
    return new Frame(track, dts, 0, false, true, payload(dts));
  }

  /** Audio's configuration. */
  public static Frame audioConfig(long dts) {
    return new Frame(AUDIO, dts, 0, true, true, payload(dts));
  }

  private static ByteBuf payload(long dts) {
    return PooledByteBufAllocator.DEFAULT.directBuffer(8).writeLong(dts);
  }
}
