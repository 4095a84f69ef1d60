package live.sluice.hop.link;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import live.sluice.hop.control.ControlMessage;
import live.sluice.media.ErrorCode;
import live.sluice.media.StreamEntry;
import live.sluice.rtp.RtpPacket;

/** Writes down what a subscription brings: {@code v0 3k} is the keyframe of number 3 of layer 0. */
final class Received implements SubscriptionEvents {
  final List<String> got = new ArrayList<>();
  private final List<RtpPacket> held = new ArrayList<>();

  @Override
  public void begun(ControlMessage.Subscribed answer) {
    got.add("begun " + answer.form());
  }

  @Override
  public void packet(RtpPacket packet) {
    held.add(packet);
  }

  /** Packets are let go only here, as by one who hands them to another loop. */
  @Override
  public void flush() {
    for (RtpPacket packet : held) {
      String kind = packet.track().index() == 0 ? "v" + packet.layer() + " " : "a ";
      got.add(kind + packet.sequence() + (packet.keyframe() && packet.track().index() == 0 ? "k" : ""));
      packet.release();
    }
    held.clear();
  }

  @Override
  public void clock(ControlMessage.Clock clock) {
    got.add("clock " + clock.track() + "/" + clock.layer() + " " + clock.ntp() + "=" + clock.rtp());
  }

  @Override
  public void bytes(ByteBuf bytes, Runnable taken) {
    got.add(bytes.toString(StandardCharsets.US_ASCII));
    bytes.release();
    taken.run();
  }

  @Override
  public void ended(ErrorCode code, String why, StreamEntry owner) {
    flush();
    got.add("ended " + code + (owner == null ? "" : " " + owner.owner().id()));
  }
}
