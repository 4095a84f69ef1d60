package live.sluice.rtp.payload;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import live.sluice.media.Codec;
import live.sluice.media.Frame;
import live.sluice.media.Track;

/**
 * Half a second that ffmpeg 8.1 encoded (x264, x265, SVT-AV1, libopus), as it stood in FLV: the configuration record
 * behind its length, then for each frame a byte that is 1 for keyframes, its length, and its bytes.
 *
 * @param codec what it was encoded with
 * @param config the configuration record
 * @param units its frames
 */
record Clip(Codec codec, byte[] config, List<Unit> units) {
  /** One frame. */
  record Unit(boolean keyframe, byte[] bytes) {}

  static final Clip AVC = load("h264.clip", Codec.H264);
  static final Clip HEVC = load("hevc.clip", Codec.HEVC);
  static final Clip AV1 = load("av1.clip", Codec.AV1);
  static final Clip OPUS = load("opus.clip", Codec.OPUS);

  private static Clip load(String name, Codec codec) {
    try (InputStream in = Clip.class.getResourceAsStream(name)) {
      ByteBuf all = Unpooled.wrappedBuffer(in.readAllBytes());
      byte[] config = bytes(all);
      List<Unit> units = new ArrayList<>();
      while (all.isReadable()) {
        units.add(new Unit(all.readBoolean(), bytes(all)));
      }
      return new Clip(codec, config, List.copyOf(units));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(ByteBuf in) {
    byte[] bytes = new byte[in.readInt()];
    in.readBytes(bytes);
    return bytes;
  }

  Track track() {
    return new Track(0, codec, config, null, null);
  }

  /** A frame of it, to be released by the caller. */
  Frame frame(int index) {
    Unit unit = units.get(index);
    ByteBuf payload = Payloads.ALLOCATOR.directBuffer().writeBytes(unit.bytes());
    return new Frame(track(), 0, 0, unit.keyframe(), false, payload);
  }
}
