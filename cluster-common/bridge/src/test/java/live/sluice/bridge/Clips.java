package live.sluice.bridge;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import live.sluice.container.flv.FlvFrameSource;
import live.sluice.container.flv.FlvTagReader;
import live.sluice.media.Frame;
import live.sluice.media.MediaKind;

/** Clips beside these tests: 2 s of a moving picture of 320x180, 25 a second, a keyframe each second. */
public final class Clips {
  /** H.264 with B-frames that others refer to. */
  public static final String PYRAMID = "pyramid.flv";

  /** The same of HEVC. */
  public static final String PYRAMID_HEVC = "pyramid-hevc.flv";

  /** H.264 with two B-frames between others, to which nothing refers. */
  public static final String B_FRAMES = "bframes.flv";

  private Clips() {}

  /** The frames of pictures, with their configuration; the caller's. */
  public static List<Frame> pictures(String name) {
    List<Frame> frames = new ArrayList<>();
    try (InputStream file = Clips.class.getResourceAsStream(name);
        FlvFrameSource source =
            new FlvFrameSource(PooledByteBufAllocator.DEFAULT, FlvTagReader.DEFAULT_MAX_BODY)) {
      ByteBuf bytes = Unpooled.wrappedBuffer(file.readAllBytes());
      for (Frame frame = source.read(bytes); frame != null; frame = source.read(bytes)) {
        if (frame.kind() == MediaKind.VIDEO) {
          frames.add(frame);
        } else {
          frame.release();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return frames;
  }
}
