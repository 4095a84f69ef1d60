package live.sluice.rtc;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.util.List;
import java.util.concurrent.TimeUnit;
import live.sluice.media.ErrorCode;
import live.sluice.media.MediaKind;
import live.sluice.rtp.RtpHistory;
import live.sluice.rtp.RtpPacket;
import live.sluice.rtp.RtpReader;
import live.sluice.rtp.RtpStream;
import live.sluice.rtp.RtpTrack;
import live.sluice.rtp.send.BandwidthEstimator;
import live.sluice.rtp.send.Pacer;
import org.jspecify.annotations.Nullable;

/**
 * A player: takes a stream's packets and sends one peer those that it is to have, sound at once and pictures at the pace
 * of its path. On the peer's loop.
 */
final class Egress implements PeerMedia, RtpReader {
  /** What a path is taken for before it is known, in bits a second: a first picture is soon there. */
  private static final long START_BITRATE = 4_000_000;

  private static final long LEAST_BITRATE = 100_000;
  private static final long MOST_BITRATE = 100_000_000;
  private static final long SHORTEST_PAUSE_NANOS = 2_000_000;

  private final Peer peer;
  private final RtpStream stream;
  private final EgressTracks tracks;
  private final @Nullable BandwidthEstimator estimator;
  private final PacketSender sender;
  private final PlayerReports reports;
  private final String cname;
  private final PacedQueue queue = new PacedQueue();
  private final Pacer pacer = new Pacer();
  private boolean connected;
  private boolean sending;
  private boolean congested;
  private boolean drainPlanned;

  /**
   * A player of {@code stream}, which it releases in the end.
   *
   * @param tracks those that the player takes
   * @param pinned the simulcast layer that it is to get, or the best below it as long as the publisher does not send that;
   *     null for the best that gets through
   */
  Egress(Peer peer, RtpStream stream, List<EgressTrack> tracks, String cname, @Nullable String pinned) {
    this.peer = peer;
    this.stream = stream;
    this.tracks = new EgressTracks(stream, tracks, pinned);
    boolean feedback = tracks.stream().anyMatch(track -> track.wire().transportCcId() != 0);
    this.estimator = feedback ? new BandwidthEstimator(START_BITRATE, LEAST_BITRATE, MOST_BITRATE) : null;
    this.cname = cname;
    this.sender = new PacketSender(peer, estimator);
    this.reports = new PlayerReports(peer, stream, this.tracks.all(), sender, estimator, cname);
  }

  @Override
  public EventLoop loop() {
    return peer.loop();
  }

  @Override
  public int wantedLayers() {
    return tracks.wantedLayers();
  }

  // ---- the stream ----

  @Override
  public void onReachable() {
    stream.readerComes();
  }

  @Override
  public void onConnected() {
    connected = true;
    stream.add(this);
  }

  @Override
  public List<RtpTrack> tracks() {
    return tracks.sources();
  }

  @Override
  public void onJoined(RtpHistory history) {
    tracks.joined(history, peer.ticker().nanos());
  }

  @Override
  public void onSourceChanged() {
    queue.clear();
    tracks.sourceChanged();
  }

  @Override
  public void onPackets(RtpPacket[] packets, int count) {
    if (!connected || !sender.isReady()) {
      return;
    }
    tracks.together(packets, count);
    // Sound first: it is little, and missed most.
    for (int i = 0; i < count; i++) {
      if (packets[i].track().kind() == MediaKind.AUDIO) {
        send(packets[i], 1);
      }
    }
    if (leavesOutPictures()) {
      sender.flush();
      return;
    }
    int allowed = allowance(packets, count);
    for (int i = 0; i < count; i++) {
      if (packets[i].track().kind() == MediaKind.VIDEO) {
        allowed -= picture(packets[i], allowed, count - i);
      }
    }
    drainQueue(allowed);
    sender.flush();
  }

  /** Pictures are left out while the path carries less than it is given, and from then on until a keyframe. */
  private boolean leavesOutPictures() {
    PeerPath path = peer.path();
    boolean now = path != null && path.congested();
    if (now != congested) {
      congested = now;
      overflow();
      if (now) {
        peer.session().countSkip();
      }
    }
    return now;
  }

  /** Sends a packet of a picture, or lets it wait; gives the bytes that were sent. */
  private int picture(RtpPacket packet, int allowed, int ahead) {
    tracks.seen(packet);
    if (queue.isEmpty() && allowed > 0) {
      return send(packet, ahead);
    }
    EgressTrack track = tracks.of(packet);
    // What is dropped anyway needs not wait.
    boolean ofUse = track != null && (packet.layer() == track.layer() || packet.layer() == track.wantedLayer());
    if (ofUse && !queue.add(packet)) {
      overflow();
    }
    return 0;
  }

  private void overflow() {
    queue.clear();
    tracks.restart();
  }

  /** Sends a packet where it is to be sent; gives the bytes. */
  private int send(RtpPacket packet, int ahead) {
    EgressTrack track = tracks.of(packet);
    if (track == null || !track.takes(packet)) {
      return 0;
    }
    int bytes = sender.send(track, packet, ahead);
    pacer.onSent(bytes);
    if (!sending) {
      sending = true;
      peer.session().firstFrame();
    }
    return bytes;
  }

  // ---- the pace ----

  /** Bytes of pictures that may go now: all, as long as nothing is known of the path. */
  private int allowance(RtpPacket[] packets, int count) {
    BandwidthEstimator estimate = estimator;
    if (estimate == null) {
      return Integer.MAX_VALUE;
    }
    int waiting = queue.bytes();
    for (int i = 0; i < count; i++) {
      if (packets[i].track().kind() == MediaKind.VIDEO) {
        waiting += packets[i].bytes().readableBytes();
      }
    }
    return waiting == 0 ? 0 : pacer.allowance(waiting, estimate.bitsPerSecond(), peer.ticker().nanos());
  }

  private void drainQueue(int allowed) {
    int left = allowed;
    while (left > 0) {
      RtpPacket packet = queue.poll();
      if (packet == null) {
        return;
      }
      try {
        left -= send(packet, queue.size() + 1);
      } finally {
        packet.release();
      }
    }
    if (!queue.isEmpty() && !drainPlanned) {
      drainPlanned = true;
      long nanos = Math.max(SHORTEST_PAUSE_NANOS, pacer.nanosToNext());
      loop().schedule(this::drainLater, nanos, TimeUnit.NANOSECONDS);
    }
  }

  private void drainLater() {
    drainPlanned = false;
    BandwidthEstimator estimate = estimator;
    if (!connected || !sender.isReady() || estimate == null) {
      queue.clear();
      return;
    }
    drainQueue(pacer.allowance(queue.bytes(), estimate.bitsPerSecond(), peer.ticker().nanos()));
    sender.flush();
  }

  // ---- the player ----

  @Override
  public void onRtp(ByteBuf packet, long nowNanos) {
    packet.release(); // a player has nothing to send
  }

  @Override
  public void onRtcp(ByteBuf packet, long nowNanos) {
    reports.read(packet);
  }

  @Override
  public void onReadComplete() {
    sender.flush();
  }

  @Override
  public void onTick(long nowNanos) {
    BandwidthEstimator estimate = estimator;
    tracks.choose(estimate == null ? LayerChooser.ANY_BANDWIDTH : estimate.bitsPerSecond(), nowNanos);
    if (connected && !congested) {
      tracks.askForKeyframes(nowNanos);
    }
    if (sending) {
      reports.tick(nowNanos);
    }
  }

  // ---- the end ----

  @Override
  public void onEnd(ErrorCode code, String why) {
    peer.end(code, why);
  }

  @Override
  public void onClosed(ErrorCode code, String why) {
    if (connected) {
      stream.remove(this);
    }
    connected = false;
    Goodbye.send(peer, tracks.all(), cname);
    queue.clear();
    stream.release();
  }
}
