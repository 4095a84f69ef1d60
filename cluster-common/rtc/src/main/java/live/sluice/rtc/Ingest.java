package live.sluice.rtc;

import io.netty.buffer.ByteBuf;
import io.netty.util.collection.IntObjectHashMap;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import live.sluice.media.ErrorCode;
import live.sluice.media.MediaKind;
import live.sluice.rtp.RtpClock;
import live.sluice.rtp.RtpFeed;
import live.sluice.rtp.RtpPacket;
import live.sluice.rtp.RtpSource;
import live.sluice.rtp.payload.Keyframes;
import live.sluice.rtp.receive.NackTracker;
import live.sluice.rtp.rtcp.RtcpListener;
import live.sluice.rtp.rtcp.RtcpReader;
import live.sluice.rtp.rtcp.SenderReport;
import live.sluice.rtp.wire.HeaderExtensions;
import live.sluice.rtp.wire.RtpHeader;
import live.sluice.rtp.wire.Rtx;
import org.jspecify.annotations.Nullable;

/**
 * A publisher: what it sends becomes the stream's packets; what is lost on its way is asked for, and it is told how much
 * arrives. On the peer's loop, which is the stream's.
 */
final class Ingest implements PeerMedia, RtpSource, RtcpListener {
  /** Sources of one publisher that are told apart: layers, and what repairs them. */
  private static final int MAX_SOURCES = 32;

  /** A keyframe that comes so soon after it was asked for was made for us, in ns. */
  private static final long ANSWER_NANOS = 700_000_000L;

  /** How long the packets of a picture wait for its last one, in ns. */
  private static final long PICTURE_NANOS = 2_000_000L;

  private final List<IngestWire> wires;
  private final IngestExtensions extensions;
  private final IntObjectHashMap<IngestLayer> bySsrc = new IntObjectHashMap<>();
  private final IntObjectHashMap<IngestLayer> byRtxSsrc = new IntObjectHashMap<>();
  private final List<IngestLayer> layers = new ArrayList<>();
  private final RtcpReader rtcp = new RtcpReader();
  private final PublisherReports reports;
  private @Nullable Peer peer;
  private @Nullable RtpFeed feed;
  private long nowNanos;
  private long askedNanos;
  private boolean asked;
  private boolean inPicture;
  private boolean flushPlanned;
  private int answers;

  /**
   * A publisher whose connection is not there yet: see {@link #begin}.
   *
   * @param heeds whether it is likely to make keyframes when it is asked to
   * @param reports RTCP with it
   */
  Ingest(
      List<IngestWire> wires,
      IngestExtensions extensions,
      boolean heeds,
      PublisherReports reports) {
    this.wires = List.copyOf(wires);
    this.extensions = extensions;
    this.answers = heeds ? 1 : -1;
    this.reports = reports;
  }

  /** The stream takes its packets, and there is somebody to bring them. */
  void begin(RtpFeed to, Peer by) {
    feed = to;
    peer = by;
  }

  private Peer peer() {
    Peer known = peer;
    if (known == null) {
      throw new IllegalStateException("the publisher has no connection yet");
    }
    return known;
  }

  @Override
  public void onConnected() {
    reports.begin(peer().ticker().nanos());
  }

  // ---- packets ----

  @Override
  public void onRtp(ByteBuf packet, long now) {
    nowNanos = now;
    RtpFeed to = feed;
    int offset = RtpHeader.payloadOffset(packet);
    if (offset >= 0) {
      // Also of what belongs to no layer yet, such as the padding that a browser probes its path with: told of as lost, it
      // would hold back the layers above.
      int number = extensions.transportCc() == 0 ? -1 : HeaderExtensions.number(packet, extensions.transportCc(), 2);
      reports.arrived(number, packet.readableBytes(), now);
    }
    IngestLayer layer = to == null || offset < 0 ? null : layerOf(packet);
    if (to == null || layer == null || layer.isRetired()) {
      packet.release();
      return;
    }
    int payloadType = RtpHeader.payloadType(packet);
    if (payloadType == layer.wire().payloadType()) {
      layer.statistics().onPacket(RtpHeader.sequence(packet), RtpHeader.timestamp(packet), now);
    } else if (payloadType != layer.wire().rtxPayloadType()
        || !Rtx.unwrap(packet, offset, layer.ssrc(), layer.wire().payloadType())) {
      packet.release();
      return;
    }
    take(to, layer, packet, offset, now);
  }

  private void take(RtpFeed to, IngestLayer layer, ByteBuf packet, int offset, long now) {
    int sequence = RtpHeader.sequence(packet);
    NackTracker.Arrival arrival = layer.nacks().onPacket(sequence, now);
    if (!arrival.isNew()) {
      packet.release();
      return;
    }
    RtpHeader.dropPadding(packet);
    int length = packet.readableBytes() - offset;
    if (length <= 0) {
      layer.skip(sequence);
      packet.release();
      return;
    }
    boolean video = layer.track().kind() == MediaKind.VIDEO;
    boolean keyframe =
        !video || Keyframes.startsKeyframe(layer.track().codec(), packet, offset, length);
    if (video && keyframe) {
      layer.nacks().onKeyframe(sequence, !Keyframes.mayHaveBegunBefore(layer.track().codec(), packet, offset, length));
      keyframeCame(now);
    }
    RtpHeader.setSequence(packet, layer.renumbered(sequence));
    if (!video || RtpHeader.marker(packet)) {
      peer().session().countFrame();
    }
    inPicture = video && !RtpHeader.marker(packet);
    to.packet(new RtpPacket(layer.track(), layer.index(), packet, offset, keyframe, now));
  }

  private @Nullable IngestLayer layerOf(ByteBuf packet) {
    int ssrc = RtpHeader.ssrc(packet);
    IngestLayer layer = bySsrc.get(ssrc);
    if (layer == null) {
      layer = byRtxSsrc.get(ssrc);
    }
    return layer != null ? layer : identify(packet, ssrc);
  }

  /** The first packet of a source says by its extensions, or by its payload type alone, what it belongs to. */
  private @Nullable IngestLayer identify(ByteBuf packet, int ssrc) {
    if (bySsrc.size() + byRtxSsrc.size() >= MAX_SOURCES) {
      return null;
    }
    int payloadType = RtpHeader.payloadType(packet);
    String mid = text(packet, extensions.mid());
    for (IngestWire wire : wires) {
      boolean repairs = payloadType == wire.rtxPayloadType();
      boolean told = wire.ssrc() != 0 && (ssrc == wire.ssrc() || ssrc == wire.rtxSsrc());
      boolean named = mid == null || mid.equals(wire.mid());
      if ((repairs || payloadType == wire.payloadType()) && (told || named)) {
        return repairs ? repaired(wire, packet, ssrc) : source(wire, packet, ssrc);
      }
    }
    return null;
  }

  private @Nullable String text(ByteBuf packet, int id) {
    return id == 0 ? null : HeaderExtensions.text(packet, id);
  }

  private @Nullable IngestLayer source(IngestWire wire, ByteBuf packet, int ssrc) {
    int index = 0;
    if (!wire.rids().isEmpty()) {
      String rid = text(packet, extensions.rid());
      index = rid == null ? -1 : wire.rids().indexOf(rid);
      if (index < 0) {
        return null;
      }
    }
    IngestLayer layer = new IngestLayer(wire, index, ssrc);
    // A publisher that changes its SSRC, as after a lost connection, goes on under the new one.
    IngestLayer before = null;
    for (IngestLayer each : layers) {
      before = each.wire() == wire && each.index() == index ? each : before;
    }
    layers.add(layer);
    bySsrc.put(ssrc, layer);
    RtpFeed to = feed;
    if (before != null && to != null) {
      layers.remove(before);
      before.retire();
      to.restarted();
    }
    return layer;
  }

  private @Nullable IngestLayer repaired(IngestWire wire, ByteBuf packet, int ssrc) {
    int index = 0;
    if (!wire.rids().isEmpty()) {
      String rid = text(packet, extensions.repairedRid());
      index = rid == null ? -1 : wire.rids().indexOf(rid);
    }
    for (IngestLayer layer : layers) {
      if (layer.wire() == wire && layer.index() == index) {
        byRtxSsrc.put(ssrc, layer);
        return layer;
      }
    }
    return null;
  }

  /**
   * Packets of a picture come one by one, and each that is passed on alone is a system call for every player: they wait for
   * the picture's last one, which goes out at once, so that no picture is complete any later.
   */
  @Override
  public void onReadComplete() {
    if (!inPicture) {
      flush();
    } else if (!flushPlanned) {
      flushPlanned = true;
      peer().loop().schedule(this::flushLater, PICTURE_NANOS, TimeUnit.NANOSECONDS);
    }
  }

  private void flushLater() {
    flushPlanned = false;
    flush();
  }

  private void flush() {
    RtpFeed to = feed;
    if (to != null) {
      to.flush();
    }
  }

  // ---- reports of the publisher ----

  @Override
  public void onRtcp(ByteBuf packet, long now) {
    nowNanos = now;
    rtcp.read(packet, this);
  }

  @Override
  public void onSenderReport(SenderReport report) {
    IngestLayer layer = bySsrc.get(report.ssrc());
    RtpFeed to = feed;
    if (layer != null && to != null) {
      layer.statistics().onSenderReport(report.ntp(), nowNanos);
      to.clock(layer.track(), layer.index(), new RtpClock(report.ntp(), report.rtpTimestamp(), nowNanos));
    }
  }

  @Override
  public void onTick(long now) {
    nowNanos = now;
    RtpFeed to = feed;
    for (int i = 0; i < layers.size(); i++) {
      IngestLayer layer = layers.get(i);
      if (reports.askForLost(peer(), layer, now) && to != null && layer.track().kind() == MediaKind.VIDEO) {
        to.stream().requestKeyframe(layer.index());
      }
    }
    reports.tick(peer(), layers, now);
  }

  // ---- what readers ask ----

  @Override
  public void requestKeyframe(int layer) {
    for (IngestLayer each : layers) {
      if (each.index() == layer && each.track().kind() == MediaKind.VIDEO && each.wire().keyframes()) {
        reports.askForKeyframe(peer(), each);
        notAnswered(peer().ticker().nanos());
      }
    }
  }

  private void notAnswered(long now) {
    if (asked && now - askedNanos > ANSWER_NANOS) {
      answers = Math.max(-1, answers - 1);
      asked = false;
    }
    if (!asked) {
      asked = true;
      askedNanos = now;
    }
  }

  private void keyframeCame(long now) {
    if (asked) {
      asked = false;
      answers = now - askedNanos <= ANSWER_NANOS ? Math.min(2, answers + 1) : Math.max(-1, answers - 1);
    }
  }

  @Override
  public boolean heedsRequests() {
    return answers >= 0;
  }

  // ---- the end ----

  @Override
  public void onEnd(ErrorCode code, String why) {
    feed = null;
    Peer known = peer;
    if (known != null) {
      known.end(code, why);
    }
  }

  @Override
  public void onClosed(ErrorCode code, String why) {
    RtpFeed to = feed;
    feed = null;
    if (to != null) {
      to.close();
    }
  }
}
