package live.sluice.pull.packets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import live.sluice.hop.wire.Fields;
import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;
import org.jspecify.annotations.Nullable;

/**
 * Messages as bytes: one byte of type, then {@link Fields fields}, of which one that is left out has the value 0 or is
 * an empty text.
 */
final class HopMessages {
  /** Below it a body is a message. */
  static final int TYPES = 0x40;

  private static final int TRACKS = 1;
  private static final int CLOCK = 2;
  private static final int KEYFRAME_REQUEST = 3;
  private static final int WANTED_LAYERS = 4;
  private static final int ALIVE = 5;
  private static final int END = 6;

  private static final int CLOCK_TRACK = 1;
  private static final int CLOCK_NTP = 2;
  private static final int CLOCK_RTP = 3;
  private static final int CLOCK_LAYER = 4;
  private static final int REQUEST_LAYER = 1;
  private static final int WANTED_MASK = 1;
  private static final int END_CODE = 1;
  private static final int END_WHY = 2;

  private HopMessages() {}

  /** The whole frame of a message, its length included; the caller's. */
  static ByteBuf frame(HopMessage message, ByteBufAllocator allocator) {
    ByteBuf out = allocator.buffer(128, Short.BYTES + PacketHop.MAX_BODY);
    out.writeShort(0);
    switch (message) {
      case HopMessage.Tracks tracks -> HopTracks.write(out.writeByte(TRACKS), tracks);
      case HopMessage.Clock clock -> {
        Fields.writeNumber(out.writeByte(CLOCK), CLOCK_TRACK, clock.track());
        Fields.writeNumber(out, CLOCK_NTP, clock.ntp());
        Fields.writeNumber(out, CLOCK_RTP, clock.rtp());
        Fields.writeNumber(out, CLOCK_LAYER, clock.layer());
      }
      case HopMessage.KeyframeRequest request ->
          Fields.writeNumber(out.writeByte(KEYFRAME_REQUEST), REQUEST_LAYER, request.layer());
      case HopMessage.WantedLayers wanted ->
          Fields.writeNumber(out.writeByte(WANTED_LAYERS), WANTED_MASK, wanted.mask());
      case HopMessage.Alive alive -> out.writeByte(ALIVE);
      case HopMessage.End end -> {
        Fields.writeNumber(out.writeByte(END), END_CODE, end.code().number());
        Fields.writeText(out, END_WHY, end.why());
      }
    }
    return out.setShort(0, out.readableBytes() - Short.BYTES);
  }

  /**
   * Reads the body of a message.
   *
   * @param body borrowed; its first byte is below {@link #TYPES}
   * @return null for a message of a type that this version does not know
   * @throws SluiceException PROTOCOL_ERROR; UPSTREAM_FAILED for tracks of a codec that this version does not know
   */
  static @Nullable HopMessage read(ByteBuf body) {
    return switch (body.readUnsignedByte()) {
      case TRACKS -> HopTracks.read(body);
      case CLOCK -> clock(body);
      case KEYFRAME_REQUEST -> new HopMessage.KeyframeRequest(layer(body));
      case WANTED_LAYERS -> new HopMessage.WantedLayers(mask(body));
      case ALIVE -> new HopMessage.Alive();
      case END -> end(body);
      default -> null;
    };
  }

  private static HopMessage clock(ByteBuf body) {
    long[] values = new long[CLOCK_LAYER + 1];
    Fields.read(
        body,
        (number, value) -> {
          switch (number) {
            case CLOCK_TRACK -> values[number] = Fields.number(value, 0, PacketHop.MAX_TRACKS - 1);
            case CLOCK_NTP, CLOCK_RTP -> values[number] = Fields.number(value);
            case CLOCK_LAYER -> values[number] = Fields.number(value, 0, PacketHop.MAX_LAYERS - 1);
            default -> {}
          }
        });
    return new HopMessage.Clock(
        (int) values[CLOCK_TRACK], (int) values[CLOCK_LAYER], values[CLOCK_NTP], (int) values[CLOCK_RTP]);
  }

  private static int layer(ByteBuf body) {
    int[] layer = new int[1];
    Fields.read(
        body,
        (number, value) -> {
          if (number == REQUEST_LAYER) {
            layer[0] = Fields.number(value, 0, PacketHop.MAX_LAYERS - 1);
          }
        });
    return layer[0];
  }

  private static int mask(ByteBuf body) {
    int[] mask = new int[1];
    Fields.read(
        body,
        (number, value) -> {
          if (number == WANTED_MASK) {
            mask[0] = (int) Fields.number(value);
          }
        });
    return mask[0];
  }

  private static HopMessage end(ByteBuf body) {
    ErrorCode[] code = {ErrorCode.OK};
    String[] why = {""};
    Fields.read(
        body,
        (number, value) -> {
          switch (number) {
            case END_CODE -> code[0] = code(Fields.number(value));
            case END_WHY -> why[0] = Fields.text(value);
            default -> {}
          }
        });
    return new HopMessage.End(code[0], why[0]);
  }

  private static ErrorCode code(long number) {
    for (ErrorCode code : ErrorCode.values()) {
      if (code.number() == number) {
        return code;
      }
    }
    return ErrorCode.UPSTREAM_FAILED;
  }
}
