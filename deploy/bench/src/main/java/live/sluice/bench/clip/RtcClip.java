package live.sluice.bench.clip;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import live.sluice.bench.BenchException;
import live.sluice.bench.scan.SenderClock;
import live.sluice.container.flv.FlvType;
import live.sluice.media.Codec;
import live.sluice.media.Frame;
import live.sluice.media.Track;
import live.sluice.rtp.RtpPacket;
import live.sluice.rtp.RtpTrack;
import live.sluice.rtp.payload.Packetizer;

/**
 * What WHIP publishers send over and over: the pictures of a clip, cut into packets once for all of them, and silence in
 * Opus, whatever the clip's sound is. Immutable.
 *
 * @param codec of the pictures
 * @param pictures in order, one at least, a keyframe first
 */
public record RtcClip(Codec codec, List<RtcPicture> pictures) {
  /** Silence. */
  public static final RtcPayload SOUND = RtcPayload.of(SilentOpus.frame());

  /** How long one payload of silence lasts, in ms. */
  public static final int SOUND_MS = SilentOpus.FRAME_MS;

  private static final int CLOCK_RATE = 90_000;

  /** Bytes of a configuration's header, in the old form and in the enhanced one. */
  private static final int CONFIG_HEADER = 5;

  private static final int COMPOSITION_AT = 2;

  /** Cuts a clip's pictures into packets. */
  public static RtcClip of(Clip clip) {
    ClipUnit config =
        clip.opening().stream()
            .filter(unit -> unit.type() == FlvType.VIDEO)
            .findFirst()
            .orElseThrow(() -> new BenchException("there are no pictures that WebRTC can carry in the clip"));
    List<ClipUnit> units =
        clip.units().stream()
            .filter(unit -> unit.type() == FlvType.VIDEO && unit.clock())
            .dropWhile(unit -> !unit.keyframe())
            .toList();
    if (units.isEmpty()) {
      throw new BenchException("the clip's pictures are neither H.264 nor HEVC, or hold no keyframe");
    }
    boolean hevc = isHevc(units.getFirst());
    Codec codec = hevc ? Codec.HEVC : Codec.H264;
    Track track = new Track(0, codec, record(config), null, null);
    Packetizer packetizer =
        Packetizer.of(new RtpTrack(0, codec, CLOCK_RATE, 0, ""), UnpooledByteBufAllocator.DEFAULT);
    List<RtcPicture> pictures = new ArrayList<>();
    for (int i = 0; i < units.size(); i++) {
      ClipUnit unit = units.get(i);
      long next = i + 1 < units.size() ? units.get(i + 1).dtsMs() : clip.durationMs() + units.getFirst().dtsMs();
      long duration = Math.max(1, next - unit.dtsMs());
      pictures.add(new RtcPicture(duration, unit.keyframe(), payloads(packetizer, track, unit, hevc)));
    }
    return new RtcClip(codec, List.copyOf(pictures));
  }

  private static byte[] record(ClipUnit config) {
    ByteBuf body =
        Unpooled.buffer(config.length())
            .writeBytes(config.prefix())
            .writeBytes(config.rest(), config.rest().readerIndex(), config.rest().readableBytes());
    return ByteBufUtil.getBytes(body, CONFIG_HEADER, body.readableBytes() - CONFIG_HEADER);
  }

  private static boolean isHevc(ClipUnit unit) {
    // What stands before the clock's NAL unit is 5 or 8 bytes of header.
    int header = unit.prefix().length - SenderClock.HEVC_BYTES;
    return header == CONFIG_HEADER || header == 8;
  }

  private static List<RtcPayload> payloads(Packetizer packetizer, Track track, ClipUnit unit, boolean hevc) {
    byte[] prefix = unit.prefix();
    int header = prefix.length - (hevc ? SenderClock.HEVC_BYTES : SenderClock.AVC_BYTES);
    if (isReordered(prefix, header)) {
      throw new BenchException("the clip has B-frames, which WebRTC does not carry: encode it with -bf 0");
    }
    ByteBuf accessUnit =
        Unpooled.buffer(unit.length())
            .writeBytes(prefix, header, prefix.length - header)
            .writeBytes(unit.rest(), unit.rest().readerIndex(), unit.rest().readableBytes());
    Frame frame = new Frame(track, unit.dtsMs(), 0, unit.keyframe(), false, accessUnit);
    List<RtcPayload> payloads = new ArrayList<>();
    packetizer.packetize(frame, 0, 0, packet -> payloads.add(payload(packet)));
    frame.release();
    return List.copyOf(payloads);
  }

  private static boolean isReordered(byte[] prefix, int header) {
    boolean enhanced = (prefix[0] & 0x80) != 0;
    int at = enhanced ? CONFIG_HEADER : COMPOSITION_AT;
    // An enhanced picture without a composition time has a header of 5 bytes.
    return header >= at + 3 && (prefix[at] | prefix[at + 1] | prefix[at + 2]) != 0;
  }

  private static RtcPayload payload(RtpPacket packet) {
    byte[] bytes =
        ByteBufUtil.getBytes(
            packet.bytes(), packet.bytes().readerIndex() + packet.payloadOffset(), packet.payloadLength());
    packet.release();
    return RtcPayload.of(bytes);
  }

  /** Bits a second on the average, sound included, without headers. */
  public double bitrate() {
    long bytes = 0;
    long ms = 0;
    for (RtcPicture picture : pictures) {
      bytes += picture.payloads().stream().mapToLong(payload -> payload.bytes().length).sum();
      ms += picture.durationMs();
    }
    return bytes * 8_000.0 / ms + SOUND.bytes().length * 8_000.0 / SOUND_MS;
  }

  /** Packets of pictures a second on the average. */
  public double packetsPerSecond() {
    long packets = pictures.stream().mapToLong(picture -> picture.payloads().size()).sum();
    return packets * 1_000.0 / pictures.stream().mapToLong(RtcPicture::durationMs).sum();
  }

  /** Ns from one picture to the next on the average. */
  public long pictureNanos() {
    return pictures.stream().mapToLong(RtcPicture::durationMs).sum() * 1_000_000 / pictures.size();
  }

  /** The next keyframe from that picture on, which may lie beyond the clip's end. */
  public int keyframeFrom(int picture) {
    for (int i = picture; i < pictures.size(); i++) {
      if (pictures.get(i).keyframe()) {
        return i;
      }
    }
    return 0;
  }
}
