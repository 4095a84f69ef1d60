package live.sluice.hop.control;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import live.sluice.hop.wire.Fields;
import live.sluice.media.SluiceException;
import org.jspecify.annotations.Nullable;

/**
 * Messages of control as bytes: one byte of type, then {@link Fields fields}, of which one that is left out has the value 0
 * or is an empty text. Types and fields that a node does not know are passed over.
 */
public final class ControlCodec {
  private static final int HELLO = 1;
  private static final int NODES = 2;
  private static final int ANNOUNCE = 3;
  private static final int UNANNOUNCE = 4;
  private static final int SUBSCRIBE = 5;
  private static final int SUBSCRIBED = 6;
  private static final int ENDED = 7;
  private static final int UPDATE = 8;
  private static final int UNSUBSCRIBE = 9;
  private static final int KEYFRAME_REQUEST = 10;
  private static final int CLOCK = 11;
  private static final int ARRIVAL = 12;
  private static final int GOAWAY = 13;

  private ControlCodec() {}

  /** A message's bytes. */
  public static byte[] bytes(ControlMessage message) {
    ByteBuf out = Unpooled.buffer(256);
    switch (message) {
      case ControlMessage.Hello hello -> LinkMessages.write(out.writeByte(HELLO), hello);
      case ControlMessage.Nodes nodes -> LinkMessages.write(out.writeByte(NODES), nodes);
      case ControlMessage.Goaway goaway -> LinkMessages.write(out.writeByte(GOAWAY), goaway);
      case ControlMessage.Announce announce -> RouteMessages.write(out.writeByte(ANNOUNCE), announce);
      case ControlMessage.Unannounce unannounce -> RouteMessages.write(out.writeByte(UNANNOUNCE), unannounce);
      case ControlMessage.Subscribe subscribe -> SubscriptionMessages.write(out.writeByte(SUBSCRIBE), subscribe);
      case ControlMessage.Subscribed answer -> SubscriptionMessages.write(out.writeByte(SUBSCRIBED), answer);
      case ControlMessage.Ended ended -> SubscriptionMessages.write(out.writeByte(ENDED), ended);
      case ControlMessage.NotUnderstood never -> throw new IllegalArgumentException("never sent: " + never);
      case ControlMessage.Update update ->
          NumberMessages.write(out.writeByte(UPDATE), update.request(), update.layers());
      case ControlMessage.Unsubscribe end -> NumberMessages.write(out.writeByte(UNSUBSCRIBE), end.request());
      case ControlMessage.KeyframeRequest request ->
          NumberMessages.write(out.writeByte(KEYFRAME_REQUEST), request.request(), request.layer());
      case ControlMessage.Clock clock ->
          NumberMessages.write(
              out.writeByte(CLOCK), clock.request(), clock.track(), clock.layer(), clock.ntp(), clock.rtp());
      case ControlMessage.Arrival arrival ->
          NumberMessages.write(
              out.writeByte(ARRIVAL),
              arrival.flow(),
              arrival.received(),
              arrival.lostBeforeRepair(),
              arrival.lostAfterRepair(),
              arrival.bitsPerSecond(),
              arrival.delayMicros());
    }
    return ByteBufUtil.getBytes(out);
  }

  /**
   * Reads a message.
   *
   * @return null for one of a type that this version does not know
   * @throws SluiceException PROTOCOL_ERROR; STREAM_NAME_INVALID
   */
  public static @Nullable ControlMessage read(byte[] bytes) {
    ByteBuf in = Unpooled.wrappedBuffer(bytes);
    if (!in.isReadable()) {
      throw Fields.broken("a message has no type");
    }
    return switch (in.readUnsignedByte()) {
      case HELLO -> LinkMessages.readHello(in);
      case NODES -> LinkMessages.readNodes(in);
      case GOAWAY -> LinkMessages.readGoaway(in);
      case ANNOUNCE -> RouteMessages.readAnnounce(in);
      case UNANNOUNCE -> RouteMessages.readUnannounce(in);
      case SUBSCRIBE -> SubscriptionMessages.readSubscribe(in);
      case SUBSCRIBED -> SubscriptionMessages.readSubscribed(in);
      case ENDED -> SubscriptionMessages.readEnded(in);
      case UPDATE -> {
        long[] values = NumberMessages.read(in, 2);
        yield new ControlMessage.Update((int) values[0], (int) values[1]);
      }
      case UNSUBSCRIBE -> new ControlMessage.Unsubscribe((int) NumberMessages.read(in, 1)[0]);
      case KEYFRAME_REQUEST -> {
        long[] values = NumberMessages.read(in, 2);
        yield new ControlMessage.KeyframeRequest((int) values[0], (int) values[1]);
      }
      case CLOCK -> {
        long[] values = NumberMessages.read(in, 5);
        yield new ControlMessage.Clock(
            (int) values[0], (int) values[1], (int) values[2], values[3], (int) values[4]);
      }
      case ARRIVAL -> {
        long[] values = NumberMessages.read(in, 6);
        yield new ControlMessage.Arrival((int) values[0], values[1], values[2], values[3], values[4], values[5]);
      }
      default -> null;
    };
  }
}
