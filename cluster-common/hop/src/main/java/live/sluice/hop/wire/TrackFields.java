package live.sluice.hop.wire;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import live.sluice.media.Codec;
import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;
import live.sluice.rtp.RtpStream;
import live.sluice.rtp.RtpTrack;
import org.jspecify.annotations.Nullable;

/** A track of a stream of packets as a field of fields; its index is its place among them. */
public final class TrackFields {
  private static final int MAX_CLOCK_RATE = 10_000_000;
  private static final int MAX_CHANNELS = 255;

  private static final int CODEC = 1;
  private static final int CLOCK_RATE = 2;
  private static final int CHANNELS = 3;
  private static final int PARAMETERS = 4;
  private static final int LAYER = 5;

  private TrackFields() {}

  /** Writes the track as the field {@code number}. */
  public static void write(ByteBuf out, int number, RtpTrack track) {
    Fields.writeFields(out, number, () -> write(out, track));
  }

  private static void write(ByteBuf out, RtpTrack track) {
    Fields.writeText(out, CODEC, track.codec().name());
    Fields.writeNumber(out, CLOCK_RATE, track.clockRate());
    Fields.writeNumber(out, CHANNELS, track.channels());
    Fields.writeText(out, PARAMETERS, track.parameters());
    for (String layer : track.layers()) {
      Fields.writeText(out, LAYER, layer);
    }
  }

  /**
   * Reads the value of such a field.
   *
   * @param index the track's place
   * @throws SluiceException PROTOCOL_ERROR; UPSTREAM_FAILED for a codec that this version does not know
   */
  public static RtpTrack read(ByteBuf fields, int index) {
    if (index == RtpStream.MAX_TRACKS) {
      throw Fields.broken("there are more than " + RtpStream.MAX_TRACKS + " tracks");
    }
    Reader read = new Reader();
    Fields.read(fields, read);
    Codec codec = read.codec;
    if (codec == null || read.clockRate == 0) {
      throw Fields.broken("a track has no codec, or no clock rate");
    }
    return new RtpTrack(index, codec, read.clockRate, read.channels, read.parameters, read.layers);
  }

  private static final class Reader implements Fields.Visitor {
    private @Nullable Codec codec;
    private int clockRate;
    private int channels;
    private String parameters = "";
    private final List<String> layers = new ArrayList<>();

    @Override
    public void field(int number, ByteBuf value) {
      switch (number) {
        case CODEC -> codec = codec(Fields.text(value));
        case CLOCK_RATE -> clockRate = Fields.number(value, 1, MAX_CLOCK_RATE);
        case CHANNELS -> channels = Fields.number(value, 0, MAX_CHANNELS);
        case PARAMETERS -> parameters = Fields.text(value);
        case LAYER -> {
          if (layers.size() == RtpStream.MAX_LAYERS) {
            throw Fields.broken("a track has more than " + RtpStream.MAX_LAYERS + " layers");
          }
          layers.add(Fields.text(value));
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
