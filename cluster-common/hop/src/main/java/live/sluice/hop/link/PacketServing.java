package live.sluice.hop.link;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import live.sluice.hop.control.ControlMessage;
import live.sluice.hop.control.Flow;
import live.sluice.hop.control.MediaPath;
import live.sluice.hop.media.send.FlowSpec;
import live.sluice.hop.transport.OutStream;
import live.sluice.media.ErrorCode;
import live.sluice.media.MediaKind;
import live.sluice.media.Session;
import live.sluice.media.SluiceException;
import live.sluice.rtp.RtpClock;
import live.sluice.rtp.RtpPacket;
import live.sluice.rtp.RtpReader;
import live.sluice.rtp.RtpStream;
import live.sluice.rtp.RtpTrack;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A reader of a stream that sends its packets over a link: a flow for each track's layer. On the link's loop. */
final class PacketServing implements RtpReader {
  private static final Logger LOG = LoggerFactory.getLogger(PacketServing.class);

  private final Link link;
  private final Serving serving;
  private final RtpStream stream;
  private final Session session;
  private final List<RtpTrack> tracks;
  private final List<Flow> flows = new ArrayList<>();
  private final int[] flowOf;
  private final @Nullable RtpClock[] clocks;
  private final boolean heedsRequests;
  private int wanted;
  private boolean begun;
  private boolean left;
  private boolean closed;

  PacketServing(Link link, Serving serving, RtpStream stream, Session session, int wanted) {
    this.link = link;
    this.serving = serving;
    this.stream = stream;
    this.session = session;
    this.wanted = wanted;
    this.heedsRequests = stream.heedsRequests();
    this.tracks = stream.tracks();
    this.flowOf = new int[tracks.size() * RtpStream.MAX_LAYERS];
    this.clocks = new @Nullable RtpClock[flowOf.length];
  }

  /** Begins; throws a {@link SluiceException} for a stream that can't be described to the other node. */
  void start(long epoch) {
    if (tracks.isEmpty()) {
      throw new SluiceException(ErrorCode.STREAM_NOT_FOUND, stream.key() + " has no tracks now");
    }
    for (RtpTrack track : tracks) {
      for (int layer = 0; layer < Math.max(1, track.layers().size()); layer++) {
        Flow flow = new Flow(link.nextFlow(), track.index(), layer);
        flows.add(flow);
        flowOf[slot(track.index(), layer)] = flow.id();
        link.sender().openFlow(new FlowSpec(flow.id(), track.kind(), layer));
        link.flowServed(flow.id(), this);
      }
    }
    link.say(
        new ControlMessage.Subscribed(
            serving.asked().request(),
            MediaPath.PACKETS,
            epoch,
            heedsRequests,
            tracks,
            flows,
            session.id()));
    sendClocks();
    stream.add(this);
  }

  private static int slot(int track, int layer) {
    return track * RtpStream.MAX_LAYERS + layer;
  }

  List<Flow> flows() {
    return flows;
  }

  Serving serving() {
    return serving;
  }

  // ---- the stream's side ----

  @Override
  public List<RtpTrack> tracks() {
    return tracks;
  }

  @Override
  public EventLoop loop() {
    return link.loop();
  }

  @Override
  public int wantedLayers() {
    return wanted;
  }

  @Override
  public void onPackets(RtpPacket[] packets, int count) {
    if (closed) {
      return;
    }
    sendClocks();
    if (!begun) {
      begun = true;
      if (!heedsRequests) {
        sendFirst(packets, count);
        return;
      }
    }
    int frames = 0;
    int bytes = 0;
    for (int i = 0; i < count; i++) {
      RtpPacket packet = packets[i];
      if (isWanted(packet)) {
        link.sender().send(flowOf[slot(packet.track().index(), packet.layer())], packet);
        frames += packet.marker() || packet.track().kind() == MediaKind.AUDIO ? 1 : 0;
        bytes += packet.bytes().readableBytes();
      }
    }
    link.flushMedia();
    if (frames > 0) {
      session.firstFrame();
    }
    session.countSent(frames, bytes);
  }

  /** The group of pictures that is cached, which may be long: more than a way bears at once as datagrams. */
  private void sendFirst(RtpPacket[] packets, int count) {
    RtpPacket[] first = new RtpPacket[count];
    int kept = 0;
    for (int i = 0; i < count; i++) {
      if (isWanted(packets[i])) {
        first[kept++] = packets[i];
      }
    }
    byte[] all = FirstPackets.write(first, kept);
    OutStream out = link.open(StreamKind.PACKETS, serving.asked().request());
    out.write(all);
    out.end();
    session.firstFrame();
    session.countSent(kept, all.length);
  }

  private boolean isWanted(RtpPacket packet) {
    if (packet.track().index() >= tracks.size() || flowOf[slot(packet.track().index(), packet.layer())] == 0) {
      return false;
    }
    return packet.track().kind() != MediaKind.VIDEO || (wanted & (1 << packet.layer())) != 0;
  }

  private void sendClocks() {
    for (int i = 0; i < clocks.length; i++) {
      int track = i / RtpStream.MAX_LAYERS;
      int layer = i % RtpStream.MAX_LAYERS;
      RtpClock clock = flowOf[i] == 0 ? null : stream.clock(track, layer);
      if (clock != null && clock != clocks[i]) {
        clocks[i] = clock;
        link.say(
            new ControlMessage.Clock(serving.asked().request(), track, layer, clock.ntp(), clock.rtp()));
      }
    }
  }

  @Override
  public void onSourceChanged() {
    // Who has it comes again, as the directory names a new epoch: what comes then may have another form.
    serving.end(ErrorCode.STREAM_ENDED, "it is published anew", null);
  }

  @Override
  public void onEnd(ErrorCode code, String why) {
    left = true;
    serving.end(code, why, null);
  }

  // ---- the link's side ----

  /** Other layers are wanted; those that were not until now begin with a keyframe soon. */
  void want(int mask) {
    int before = wanted;
    wanted = mask;
    if (!closed && before != mask) {
      stream.wantedChanged(this, mask);
      for (int layer = 0; layer < RtpStream.MAX_LAYERS; layer++) {
        if ((mask & ~before & (1 << layer)) != 0) {
          stream.requestKeyframe(layer);
        }
      }
    }
  }

  void requestKeyframe(int layer) {
    if (!closed) {
      stream.requestKeyframe(layer);
    }
  }

  /** There is room for a flow that was left out. */
  void roomFor(int flowId) {
    for (Flow flow : flows) {
      if (flow.id() == flowId) {
        requestKeyframe(flow.layer());
      }
    }
  }

  /** Pictures of a flow are left out. */
  void leftOut() {
    session.countSkip();
    LOG.atInfo()
        .addKeyValue("stream", stream.key())
        .addKeyValue("node", link.peer().id())
        .addKeyValue("kbps", link.sender().totals().estimateBitsPerSecond() / 1_000)
        .log("the way to a node carries less than there is: pictures of a layer are left out");
  }

  void close() {
    if (closed) {
      return;
    }
    closed = true;
    for (Flow flow : flows) {
      link.sender().closeFlow(flow.id());
      link.flowServed(flow.id(), null);
    }
    if (!left) {
      stream.remove(this);
    }
    stream.release();
  }
}
