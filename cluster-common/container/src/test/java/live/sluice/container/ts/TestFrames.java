package live.sluice.container.ts;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.HexFormat;
import live.sluice.media.Codec;
import live.sluice.media.Frame;
import live.sluice.media.Track;
import live.sluice.media.codec.Tracks;

/** Frames that a muxer takes for real: configurations are right, and pictures are made of NAL units. */
public final class TestFrames {
  public static final byte[] AVC_SETS = hex("0000000167640020ac0000000168ee3cb0");
  public static final byte[] HEVC_SETS = hex("0000000140010c000000014201010100000001440101");

  public static final Track AVC = Tracks.of(Codec.H264, hex("01640020ffe1000567640020ac01000468ee3cb0"));
  public static final Track OTHER_AVC = Tracks.of(Codec.H264, hex("01640028ffe1000567640028ac01000468ee3cb0"));
  public static final Track HEVC =
      Tracks.of(
          Codec.HEVC,
          hex("0101600000000000000000005df000fcfdf8f800000f"
                  + "03200001000340010c2100010004420101012200010003440101"));
  public static final Track AAC = Tracks.of(Codec.AAC, hex("1190"));
  public static final Track AAC_51 = Tracks.of(Codec.AAC, hex("11b0"));
  public static final Track MP3 = Track.bare(Codec.MP3);
  public static final Track OPUS = Track.bare(Codec.OPUS);

  private TestFrames() {}

  public static Frame key(Track track, long dts, long offset, int size) {
    return picture(track, dts, offset, true, size);
  }

  public static Frame delta(Track track, long dts, long offset, int size) {
    return picture(track, dts, offset, false, size);
  }

  private static Frame picture(Track track, long dts, long offset, boolean key, int size) {
    int header = track.codec() == Codec.HEVC ? (key ? 0x26 : 0x02) : key ? 0x65 : 0x41;
    byte[] nal = filler(size);
    nal[0] = (byte) header;
    ByteBuf payload = ByteBufAllocator.DEFAULT.directBuffer(4 + size).writeInt(size).writeBytes(nal);
    return new Frame(track, dts, offset, key, false, payload);
  }

  public static Frame sound(Track track, long dts, int size) {
    ByteBuf payload = ByteBufAllocator.DEFAULT.directBuffer(size + 4);
    if (track.codec() == Codec.MP3) {
      payload.writeInt(0xfffb9000); // MPEG-1 layer 3, 44.1 kHz
    }
    payload.writeBytes(filler(size));
    return new Frame(track, dts, 0, true, false, payload);
  }

  private static byte[] filler(int size) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (0x80 | i);
    }
    return bytes;
  }

  public static Frame config(Track track, long dts) {
    return new Frame(track, dts, 0, true, true, ByteBufAllocator.DEFAULT.directBuffer(1));
  }

  public static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }
}
