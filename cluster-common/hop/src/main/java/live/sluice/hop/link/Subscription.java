package live.sluice.hop.link;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import live.sluice.hop.control.ControlMessage;
import live.sluice.hop.control.Flow;
import live.sluice.hop.control.MediaPath;
import live.sluice.hop.media.receive.Deliver;
import live.sluice.hop.media.receive.MediaReceiver;
import live.sluice.hop.media.wire.MediaHeader;
import live.sluice.hop.wire.Fields;
import live.sluice.media.ErrorCode;
import live.sluice.media.MediaKind;
import live.sluice.media.StreamEntry;
import live.sluice.media.StreamKey;
import live.sluice.rtp.RtpPacket;
import live.sluice.rtp.RtpTrack;
import live.sluice.rtp.wire.RtpHeader;
import org.jspecify.annotations.Nullable;

/**
 * A stream that this node has from the other one. On the link's loop, but for what says that it may be called from anywhere.
 *
 * <p>It is long since packets come by two ways, datagrams and the stream of those to begin with, and which of them is handed on
 * when can only be told by who knows both.
 */
public final class Subscription {
  /** For how long packets wait for those that were before them, in ns: then the stream begins where it is. */
  private static final long PATIENCE_NANOS = 3_000_000_000L;

  /** A way that loses more than it can repair is not made better by keyframes: one a second, in ns. */
  private static final long LOSS_PAUSE_NANOS = 1_000_000_000L;

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
            if (dirty) {
              flush(); // packets that were told must not wait for a flush that never comes
            }
            finish();
          }
        });
  }

  void onSubscribed(ControlMessage.Subscribed told) {
    if (over || answer != null) {
      return;
    }
    checkFlows(told.flows());
    answer = told;
    beganNanos = link.nanos();
    // A source that makes no keyframe when asked has players begin with what is cached, which comes as a stream.
    awaitsFirst = told.form() == MediaPath.PACKETS && !told.heedsRequests();
    if (told.form() == MediaPath.PACKETS) {
      MediaReceiver receiver = link.receiver();
      for (Flow flow : told.flows()) {
        RtpTrack track = told.tracks().get(flow.track());
        receiver.openFlow(flow.id(), new Intake(track, flow.layer(), told.heedsRequests()));
      }
    }
    events.begun(told);
    for (Runnable task = early.poll(); task != null; task = early.poll()) {
      task.run();
    }
  }

  /** A flow that is another one's would be closed with this one: nothing is opened before all are seen to be new. */
  private void checkFlows(List<Flow> flows) {
    Set<Integer> ids = new HashSet<>();
    for (Flow flow : flows) {
      if (!MediaHeader.isFlowId(flow.id()) || !ids.add(flow.id()) || link.receiver().statistics(flow.id()) != null) {
        throw Fields.broken("a flow has the number " + flow.id() + ", which is none or another one's");
      }
    }
  }

  // ---- packets ----

  /** What comes of one flow. */
  private final class Intake implements Deliver {
    private final RtpTrack track;
    private final int layer;
    private final boolean heeds;
    private long askedNanos = link.nanos() - LOSS_PAUSE_NANOS;

    Intake(RtpTrack track, int layer, boolean heedsRequests) {
      this.track = track;
      this.layer = layer;
      this.heeds = heedsRequests && track.kind() == MediaKind.VIDEO;
    }

    @Override
    public void packet(ByteBuf rtp, boolean keyframe, boolean marker, long arrivalNanos) {
      RtpPacket packet = Subscription.this.packet(track, layer, rtp, keyframe, arrivalNanos);
      if (packet == null) {
        return;
      }
      if (awaitsFirst && held.size() < MOST_HELD && link.nanos() - beganNanos < PATIENCE_NANOS) {
        held.add(packet);
      } else {
        pass(packet);
      }
    }

    /** No player can go on from a picture with a hole, and browsers wait three seconds before they say so. */
    @Override
    public void lost() {
      if (heeds && link.nanos() - askedNanos >= LOSS_PAUSE_NANOS) {
        askedNanos = link.nanos();
        requestKeyframe(layer);
      }
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
      link.streams().flushLater(this);
    }
  }

  /** What came at one moment is complete. */
  void flush() {
    dirty = false;
    if (!over) {
      events.flush();
    }
  }

  void onFirstPackets(ByteBuf bytes, Runnable taken) {
    ControlMessage.Subscribed known = answer;
    if (known == null && !over) {
      early.add(() -> onFirstPackets(bytes, taken));
      return;
    }
    if (known == null || over || !awaitsFirst) {
      bytes.release();
    } else {
      readFirstPackets(known, bytes);
    }
    taken.run();
  }

  private void readFirstPackets(ControlMessage.Subscribed known, ByteBuf bytes) {
    List<RtpPacket> first = new ArrayList<>();
    boolean end =
        firstPackets.read(
            bytes,
            (track, layer, keyframe, rtp) -> {
              if (!isOfTrack(known, track, layer)) {
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

  private static boolean isOfTrack(ControlMessage.Subscribed known, int track, int layer) {
    return track >= 0
        && track < known.tracks().size()
        && layer >= 0
        && layer < Math.max(1, known.tracks().get(track).layers().size());
  }

  void onClock(ControlMessage.Clock clock) {
    ControlMessage.Subscribed known = answer;
    if (!over && known != null && isOfTrack(known, clock.track(), clock.layer())) {
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
      taken.run();
    } else {
      events.bytes(bytes, taken);
    }
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

  /** The answer makes no sense to this version: it is given up on both sides. */
  void onNotUnderstood(String why) {
    if (!over) {
      link.say(new ControlMessage.Unsubscribe(request));
      end(ErrorCode.UPSTREAM_FAILED, why, null);
    }
  }

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
    link.streams().forget(this);
  }
}
