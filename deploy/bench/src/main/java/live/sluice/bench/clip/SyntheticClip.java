package live.sluice.bench.clip;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import live.sluice.bench.BenchException;
import live.sluice.bench.scan.SenderClock;
import live.sluice.container.amf.AmfObject;

/**
 * Makes a clip of a given bit rate: a grey picture and silence, which decoders take, and filler. The filler is an SEI
 * message (filler_payload, H.264, annex D.1.4) before the slice: filler data behind it (NAL unit type 12) is what
 * WebRTC's senders leave out.
 */
public final class SyntheticClip {
  private static final int AUDIO_BITRATE = 128_000;

  /** How many times a picture between two keyframes a keyframe has, where the bit rate allows. */
  private static final int KEYFRAME_SHARE = 6;

  private static final int NAL_LENGTH = 4;

  /** An SEI's bytes without its size and what that counts: header, type and stop bit. */
  private static final int SEI_FRAME = 3;

  private static final int LEAST_FILLER = 4;
  private static final int AUDIO = 8;
  private static final int VIDEO = 9;

  private SyntheticClip() {}

  /**
   * A clip.
   *
   * @param bitrate in b/s, sound included
   * @param fps pictures a second
   * @param gop from one keyframe to the next
   */
  public static Clip of(long bitrate, double fps, Duration gop) {
    return of(bitrate, AUDIO_BITRATE, fps, gop);
  }

  /** The same without sound: all bits are the pictures'. */
  public static Clip ofPictures(long bitrate, double fps, Duration gop) {
    return of(bitrate, 0, fps, gop);
  }

  private static Clip of(long bitrate, int audioBitrate, double fps, Duration gop) {
    int pictures = (int) Math.max(1, Math.round(gop.toMillis() * fps / 1_000));
    double gopMs = pictures * 1_000 / fps;
    int gops = gopsThatHoldWholeSound(gopMs);
    double perGop = (bitrate - audioBitrate) / 8.0 * gopMs / 1_000;
    List<ClipUnit> units = new ArrayList<>();
    for (int g = 0; g < gops; g++) {
      pictures(units, g, pictures, fps, perGop);
    }
    long durationMs = Math.round(gops * gopMs);
    if (audioBitrate > 0) {
      sound(units, durationMs);
    }
    units.sort(Comparator.comparingLong(ClipUnit::dtsMs));
    AmfObject metadata =
        AmfObject.ecmaArray()
            .put("width", GreyH264.WIDTH)
            .put("height", GreyH264.HEIGHT)
            .put("framerate", fps)
            .put("videocodecid", 7)
            .put("videodatarate", (bitrate - audioBitrate) / 1_000)
            .put("audiocodecid", 10)
            .put("audiodatarate", AUDIO_BITRATE / 1_000)
            .put("audiosamplerate", SilentAac.SAMPLE_RATE)
            .put("audiosamplesize", 16)
            .put("stereo", false)
            .put("encoder", "sluice bench");
    List<ClipUnit> opening =
        List.of(
            unit(VIDEO, 0, true, bytes(0x17, 0, 0, 0, 0), false, SharedBytes.of(GreyH264.config())),
            unit(AUDIO, 0, true, bytes(0xaf, 0), false, SharedBytes.of(SilentAac.config())));
    return new Clip(metadata, opening, List.copyOf(units), durationMs);
  }

  /** So that no sound is cut where the clip begins anew; where no small number does, the last frame is a bit short. */
  private static int gopsThatHoldWholeSound(double gopMs) {
    int fewest = Math.max(1, (int) Math.ceil(1_000 / gopMs));
    for (int gops = fewest; gops <= fewest + 32; gops++) {
      double frames = gops * gopMs * SilentAac.SAMPLE_RATE / 1_000 / SilentAac.SAMPLES;
      if (Math.abs(frames - Math.rint(frames)) < 1e-6) {
        return gops;
      }
    }
    return fewest;
  }

  private static void pictures(List<ClipUnit> units, int g, int pictures, double fps, double perGop) {
    double small = perGop / (pictures - 1 + KEYFRAME_SHARE);
    int overhead = 5 + SenderClock.AVC_BYTES + NAL_LENGTH;
    byte[] key = GreyH264.keyframe();
    double keyBytes = Math.max(small * KEYFRAME_SHARE, overhead + key.length);
    double between = pictures == 1 ? 0 : (perGop - keyBytes) / (pictures - 1);
    if (keyBytes > perGop || (pictures > 1 && between < overhead + GreyH264.repeat(pictures).length)) {
      throw new BenchException("the bit rate is too low for this many pictures; sound alone takes 128 kb/s of it");
    }
    for (int i = 0; i < pictures; i++) {
      byte[] slice = i == 0 ? key : GreyH264.repeat(i);
      // Bytes that a rounding left out go to the next picture, and times are those of the fps, not sums of rounded ones.
      double size = i == 0 ? keyBytes : between;
      long dts = Math.round((g * (double) pictures + i) * 1_000 / fps);
      int filler = (int) Math.round(size) - overhead - slice.length;
      units.add(unit(VIDEO, dts, i == 0, prefix(i == 0), true, body(slice, filler)));
    }
  }

  private static byte[] prefix(boolean keyframe) {
    byte[] sei = SenderClock.nal(false);
    byte[] prefix = Arrays.copyOf(bytes(keyframe ? 0x17 : 0x27, 1, 0, 0, 0), 5 + sei.length);
    System.arraycopy(sei, 0, prefix, 5, sei.length);
    return prefix;
  }

  /** Filler where there is room for it, and a slice. */
  private static ByteBuf body(byte[] slice, int filler) {
    int sei = filler - NAL_LENGTH >= LEAST_FILLER ? filler - NAL_LENGTH : 0;
    if (sei % 256 == SEI_FRAME) {
      sei--; // there is none of that many bytes: its size would take one byte more, or one less
    }
    ByteBuffer out = ByteBuffer.allocate(NAL_LENGTH + slice.length + (sei > 0 ? NAL_LENGTH + sei : 0));
    if (sei > 0) {
      out.putInt(sei).put(filler(sei));
    }
    out.putInt(slice.length).put(slice);
    return SharedBytes.of(out.array());
  }

  /** An SEI of that many bytes (section 7.3.2.3.1): header, type, size, as many bytes of all ones, the stop bit. */
  private static byte[] filler(int bytes) {
    byte[] nal = new byte[bytes];
    // Its size is a byte of 255 for each 255, and a last one of what is left.
    int rest = bytes - SEI_FRAME;
    int sizes = rest / 256 + 1;
    Arrays.fill(nal, (byte) 0xff);
    nal[0] = 6;
    nal[1] = 3;
    nal[1 + sizes] = (byte) (rest - sizes - 255 * (sizes - 1));
    nal[bytes - 1] = (byte) 0x80;
    return nal;
  }

  private static void sound(List<ClipUnit> units, long durationMs) {
    double frameMs = SilentAac.SAMPLES * 1_000.0 / SilentAac.SAMPLE_RATE;
    ByteBuf frame = SharedBytes.of(SilentAac.frame((int) Math.round(AUDIO_BITRATE / 8.0 * frameMs / 1_000) - 2));
    byte[] prefix = bytes(0xaf, 1);
    for (int i = 0; Math.round(i * frameMs) < durationMs; i++) {
      units.add(unit(AUDIO, Math.round(i * frameMs), false, prefix, false, frame));
    }
  }

  private static ClipUnit unit(int type, long dts, boolean keyframe, byte[] prefix, boolean clock, ByteBuf rest) {
    return new ClipUnit(type, dts, keyframe, prefix, clock, rest);
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}
