package live.sluice.jmh;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.HexFormat;
import live.sluice.media.Codec;
import live.sluice.media.Frame;
import live.sluice.media.Track;
import live.sluice.media.codec.Tracks;

/** Frames as they come from a camera of 1 Mb/s at 25 pictures a second: 5,000 bytes each, in two NAL units. */
final class Media {
  static final int PICTURE = 5_000;
  static final int SOUND = 350;

  static final Track AVC =
      Tracks.of(Codec.H264, HexFormat.of().parseHex("01640020ffe1000567640020ac01000468ee3cb0"));
  static final Track AAC = Tracks.of(Codec.AAC, HexFormat.of().parseHex("1190"));

  private Media() {}

  static ByteBuf picture() {
    int first = PICTURE / 5;
    ByteBuf payload = ByteBufAllocator.DEFAULT.directBuffer(PICTURE);
    nal(payload, first - 4);
    nal(payload, PICTURE - first - 4);
    return payload;
  }

  private static void nal(ByteBuf out, int length) {
    out.writeInt(length).writeByte(0x41);
    for (int i = 1; i < length; i++) {
      out.writeByte(0x80 | i);
    }
  }

  static ByteBuf sound() {
    ByteBuf payload = ByteBufAllocator.DEFAULT.directBuffer(SOUND);
    for (int i = 0; i < SOUND; i++) {
      payload.writeByte(0x80 | i);
    }
    return payload;
  }

  /** A frame with a reference of its own to {@code payload}. */
  static Frame video(ByteBuf payload, long dts, boolean key) {
    return new Frame(AVC, dts, 0, key, false, payload.retain());
  }

  static Frame audio(ByteBuf payload, long dts) {
    return new Frame(AAC, dts, 0, true, false, payload.retain());
  }

  static Frame config(Track track) {
    byte[] record = track.config();
    ByteBuf payload = ByteBufAllocator.DEFAULT.directBuffer(record.length).writeBytes(record);
    return new Frame(track, 0, 0, track == AAC, true, payload);
  }
}
