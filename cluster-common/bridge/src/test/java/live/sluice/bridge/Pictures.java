package live.sluice.bridge;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;
import live.sluice.media.Codec;
import live.sluice.media.Frame;
import live.sluice.media.Track;
import live.sluice.media.codec.Tracks;

/** Frames of pictures for tests: headers that say what they are, and nothing that could be decoded. */
final class Pictures {
  /** 640x360, constrained baseline, level 3.0. */
  static final byte[] AVC_CONFIG =
      HexFormat.of()
          .parseHex(
              "0142c01effe1001967"
                  + "42c01ed890280bfe5c0440000003004000000c83c58b8980"
                  + "01000568c888cb20");

  static final Track AVC = Tracks.of(Codec.H264, AVC_CONFIG);
  static final Track HEVC = Track.bare(Codec.HEVC);

  /** NAL units of H.264: type and importance in one byte. */
  static final int IDR = 0x65;

  static final int P = 0x41;
  static final int B = 0x01;
  static final int B_REFERENCED = 0x21;

  private Pictures() {}

  /** The configuration of {@link #AVC}. */
  static Frame config() {
    return new Frame(AVC, 0, 0, true, true, Unpooled.copiedBuffer(AVC_CONFIG));
  }

  /** A picture of one slice of H.264. */
  static Frame avc(int header, long dts, long pts) {
    return picture(AVC, header == IDR, dts, pts, header);
  }

  /** A picture of one slice of H.265 of that type. */
  static Frame hevc(int type, long dts, long pts) {
    return picture(HEVC, type >= 16 && type <= 23, dts, pts, type << 1, 1);
  }

  private static Frame picture(Track track, boolean key, long dts, long pts, int... header) {
    ByteBuf payload = PooledByteBufAllocator.DEFAULT.directBuffer();
    payload.writeInt(header.length + 40);
    for (int b : header) {
      payload.writeByte(b);
    }
    for (int i = 0; i < 40; i++) {
      payload.writeByte(0x80 + i);
    }
    return new Frame(track, dts, pts - dts, key, false, payload);
  }
}
