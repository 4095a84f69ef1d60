package live.sluice.pull.packets;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import live.sluice.media.Codec;
import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;
import live.sluice.rtp.RtpTrack;
import org.jspecify.annotations.Nullable;

/** The message that tells a stream's tracks, behind its type. A track is a field of fields; its index is its place. */
final class HopTracks {
  private static final int MAX_CLOCK_RATE = 10_000_000;
  private static final int MAX_CHANNELS = 255;

  private static final int VERSION = 1;
  private static final int HEEDS_REQUESTS = 2;
  private static final int TRACK = 3;

  private static final int CODEC = 1;
  private static final int CLOCK_RATE = 2;
  private static final int CHANNELS = 3;
  private static final int PARAMETERS = 4;
  private static final int LAYER = 5;

  private HopTracks() {}

  static void write(ByteBuf out, HopMessage.Tracks message) {
    HopFields.writeNumber(out, VERSION, message.version());
    HopFields.writeNumber(out, HEEDS_REQUESTS, message.heedsRequests() ? 1 : 0);
    for (RtpTrack track : message.tracks()) {
      HopFields.writeFields(out, TRACK, () -> write(out, track));
    }
  }

  private static void write(ByteBuf out, RtpTrack track) {
    HopFields.writeText(out, CODEC, track.codec().name());
    HopFields.writeNumber(out, CLOCK_RATE, track.clockRate());
    HopFields.writeNumber(out, CHANNELS, track.channels());
    HopFields.writeText(out, PARAMETERS, track.parameters());
    for (String layer : track.layers()) {
      HopFields.writeText(out, LAYER, layer);
    }
  }

  static HopMessage.Tracks read(ByteBuf body) {
    int[] version = new int[1];
    boolean[] heeds = new boolean[1];
    List<RtpTrack> tracks = new ArrayList<>();
    HopFields.read(
        body,
        (number, value) -> {
          switch (number) {
            case VERSION -> version[0] = HopFields.number(value, 1, Integer.MAX_VALUE);
            case HEEDS_REQUESTS -> heeds[0] = HopFields.number(value) != 0;
            case TRACK -> tracks.add(track(value, tracks.size()));
            default -> {}
          }
        });
    if (version[0] == 0 || tracks.isEmpty()) {
      throw HopFields.broken("there is no version, or no track");
    }
    return new HopMessage.Tracks(version[0], heeds[0], List.copyOf(tracks));
  }

  private static RtpTrack track(ByteBuf fields, int index) {
    if (index == PacketHop.MAX_TRACKS) {
      throw HopFields.broken("there are more than " + PacketHop.MAX_TRACKS + " tracks");
    }
    TrackFields read = new TrackFields();
    HopFields.read(fields, read);
    Codec codec = read.codec;
    if (codec == null || read.clockRate == 0) {
      throw HopFields.broken("a track has no codec, or no clock rate");
    }
    return new RtpTrack(index, codec, read.clockRate, read.channels, read.parameters, read.layers);
  }

  private static final class TrackFields implements HopFields.Visitor {
    private @Nullable Codec codec;
    private int clockRate;
    private int channels;
    private String parameters = "";
    private final List<String> layers = new ArrayList<>();

    @Override
    public void field(int number, ByteBuf value) {
      switch (number) {
        case CODEC -> codec = codec(HopFields.text(value));
        case CLOCK_RATE -> clockRate = HopFields.number(value, 1, MAX_CLOCK_RATE);
        case CHANNELS -> channels = HopFields.number(value, 0, MAX_CHANNELS);
        case PARAMETERS -> parameters = HopFields.text(value);
        case LAYER -> {
          if (layers.size() == PacketHop.MAX_LAYERS) {
            throw HopFields.broken("a track has more than " + PacketHop.MAX_LAYERS + " layers");
          }
          layers.add(HopFields.text(value));
        }
        default -> {}
      }
    }
  }

  private static Codec codec(String name) {
    for (Codec codec : Codec.values()) {
      if (codec.name().equals(name)) {
        return codec;
      }
    }
    String known = name.length() > 32 ? name.substring(0, 32) : name;
    throw new SluiceException(ErrorCode.UPSTREAM_FAILED, "a track has a codec that this node does not know: " + known);
  }
}
