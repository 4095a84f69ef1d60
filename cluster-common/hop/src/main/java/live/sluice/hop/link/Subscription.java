package live.sluice.hop.link;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import live.sluice.hop.control.ControlMessage;
import live.sluice.hop.control.Flow;
import live.sluice.hop.control.MediaPath;
import live.sluice.hop.media.receive.MediaReceiver;
import live.sluice.media.ErrorCode;
import live.sluice.media.StreamEntry;
import live.sluice.media.StreamKey;
import live.sluice.rtp.RtpPacket;
import live.sluice.rtp.RtpTrack;
import live.sluice.rtp.wire.RtpHeader;
import org.jspecify.annotations.Nullable;

/** A stream that this node has from the other one. On the link's loop, but for what says that it may be called from anywhere. */
public final class Subscription {
  /** For how long packets wait for those that were before them, in ns: then the stream begins where it is. */
  private static final long PATIENCE_NANOS = 3_000_000_000L;

  /** Packets that wait so. */
  private static final int MOST_HELD = 8192;

  private final Link link;
  private final int request;
  private final StreamKey key;
  private final String session;
  private final SubscriptionEvents events;
  private final RecentLoss loss = new RecentLoss();
  private final FirstPackets.Reader firstPackets = new FirstPackets.Reader();
  private final Deque<RtpPacket> held = new ArrayDeque<>();
  private final Deque<Runnable> early = new ArrayDeque<>();
  private ControlMessage.@Nullable Subscribed answer;
  private boolean awaitsFirst;
  private long beganNanos;
  private boolean dirty;
  private boolean over;
  private long keyframeRequests;

  Subscription(Link link, int request, StreamKey key, String session, SubscriptionEvents events) {
    this.link = link;
    this.request = request;
    this.key = key;
    this.session = session;
    this.events = events;
  }

  /** The link that it comes by. */
  public Link link() {
    return link;
  }

  /** Its number on the link. */
  int request() {
    return request;
  }

  /** The stream. */
  StreamKey key() {
    return key;
  }

  /** Id of the session that wants it. */
  String session() {
    return session;
  }

  /** How many keyframes were asked for. */
  long keyframeRequests() {
    return keyframeRequests;
  }

  /** What was lost of it lately. */
  RecentLoss loss() {
    return loss;
  }

  /** What the other node answered; null until then. */
  ControlMessage.@Nullable Subscribed answer() {
    return answer;
  }

  /** Asks for a picture that can be decoded by itself; from any thread. */
  public void requestKeyframe(int layer) {
    link.run(
        () -> {
          if (!over) {
            keyframeRequests++;
            link.say(new ControlMessage.KeyframeRequest(request, layer));
          }
        });
  }

  /** Says which layers are wanted, bit n for layer n; from any thread. */
  public void wantLayers(int mask) {
    link.run(
        () -> {
          if (!over) {
            link.say(new ControlMessage.Update(request, mask));
          }
        });
  }

  /** Gives it up; nothing is told any more. From any thread. */
  public void close() {
    link.run(
        () -> {
          if (!over) {
            link.say(new ControlMessage.Unsubscribe(request));
            finish();
          }
        });
  }

  void onSubscribed(ControlMessage.Subscribed told) {
    if (over || answer != null) {
      return;
    }
    answer = told;
    beganNanos = link.nanos();
    // A source that makes no keyframe when asked has players begin with what is cached, which comes as a stream.
    awaitsFirst = told.form() == MediaPath.PACKETS && !told.heedsRequests();
    if (told.form() == MediaPath.PACKETS) {
      MediaReceiver receiver = link.receiver();
      for (Flow flow : told.flows()) {
        RtpTrack track = told.tracks().get(flow.track());
        receiver.openFlow(
            flow.id(), (rtp, keyframe, marker, arrival) -> onLive(track, flow.layer(), rtp, keyframe, arrival));
      }
    }
    events.begun(told);
    for (Runnable task = early.poll(); task != null; task = early.poll()) {
      task.run();
    }
  }

  // ---- packets ----

  private void onLive(RtpTrack track, int layer, ByteBuf rtp, boolean keyframe, long arrivalNanos) {
    RtpPacket packet = packet(track, layer, rtp, keyframe, arrivalNanos);
    if (packet == null) {
      return;
    }
    if (awaitsFirst && held.size() < MOST_HELD && link.nanos() - beganNanos < PATIENCE_NANOS) {
      held.add(packet);
    } else {
      pass(packet);
    }
  }

  private @Nullable RtpPacket packet(RtpTrack track, int layer, ByteBuf rtp, boolean keyframe, long arrivalNanos) {
    int offset = over ? RtpHeader.MALFORMED : RtpHeader.payloadOffset(rtp);
    if (offset < 0) {
      rtp.release();
      return null;
    }
    RtpHeader.dropPadding(rtp);
    return new RtpPacket(track, layer, rtp, offset, keyframe, arrivalNanos);
  }

  private void pass(RtpPacket packet) {
    if (awaitsFirst) {
      firstArePassed();
    }
    events.packet(packet);
    markDirty();
  }

  private void markDirty() {
    if (!dirty) {
      dirty = true;
      link.flushLater(this);
    }
  }

  /** What came at one moment is complete. */
  void flush() {
    dirty = false;
    if (!over) {
      events.flush();
    }
  }

  void onFirstPackets(ByteBuf bytes) {
    ControlMessage.Subscribed known = answer;
    if (known == null) {
      early.add(() -> onFirstPackets(bytes));
      return;
    }
    if (over || !awaitsFirst) {
      bytes.release();
      return;
    }
    List<RtpPacket> first = new ArrayList<>();
    boolean end =
        firstPackets.read(
            bytes,
            (track, layer, keyframe, rtp) -> {
              if (track >= known.tracks().size()) {
                rtp.release();
                return;
              }
              RtpPacket packet = packet(known.tracks().get(track), layer, rtp, keyframe, link.nanos());
              if (packet != null) {
                first.add(packet);
              }
            });
    for (RtpPacket packet : first) {
      events.packet(packet);
    }
    if (end) {
      firstArePassed();
    }
    markDirty();
  }

  private void firstArePassed() {
    awaitsFirst = false;
    for (RtpPacket packet = held.poll(); packet != null; packet = held.poll()) {
      events.packet(packet);
    }
  }

  void onClock(ControlMessage.Clock clock) {
    ControlMessage.Subscribed known = answer;
    if (!over && known != null && clock.track() >= 0 && clock.track() < known.tracks().size()) {
      events.clock(clock);
    }
  }

  // ---- frames ----

  void onFrames(ByteBuf bytes, Runnable taken) {
    if (answer == null && !over) {
      early.add(() -> onFrames(bytes, taken));
      return;
    }
    if (over) {
      bytes.release();
    } else {
      events.bytes(bytes);
    }
    taken.run();
  }

  void onStreamEnded(int kind, boolean whole) {
    if (kind == StreamKind.FRAMES) {
      end(
          whole ? ErrorCode.STREAM_ENDED : ErrorCode.CONNECTION_LOST,
          whole ? "the stream ended" : "the frames broke off",
          null);
    } else if (awaitsFirst) {
      firstArePassed();
      markDirty();
    }
  }

  // ---- the end ----

  void end(ErrorCode code, String why, @Nullable StreamEntry owner) {
    if (!over) {
      finish();
      events.ended(code, why, owner);
    }
  }

  private void finish() {
    over = true;
    ControlMessage.Subscribed known = answer;
    if (known != null) {
      known.flows().forEach(flow -> link.receiver().closeFlow(flow.id()));
    }
    held.forEach(RtpPacket::release);
    held.clear();
    for (Runnable task = early.poll(); task != null; task = early.poll()) {
      task.run();
    }
    firstPackets.close();
    link.forget(this);
  }
}
