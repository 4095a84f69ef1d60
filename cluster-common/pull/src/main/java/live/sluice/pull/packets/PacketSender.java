package live.sluice.pull.packets;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import live.sluice.media.ErrorCode;
import live.sluice.media.MediaKind;
import live.sluice.media.Session;
import live.sluice.rtp.RtpClock;
import live.sluice.rtp.RtpPacket;
import live.sluice.rtp.RtpReader;
import live.sluice.rtp.RtpStream;
import live.sluice.rtp.RtpTrack;
import org.jspecify.annotations.Nullable;

/**
 * The owner's end of a hop: a reader of the stream that writes to another node's connection. On the connection's loop,
 * which is the channel's.
 */
public final class PacketSender implements RtpReader {
  /** How often it looks after itself, in ms; also the longest time in which it says nothing. */
  static final long CHECK_MS = 2_000;

  /** Checks in a row at which nothing had gone out, after which the other side is given up: ten seconds. */
  private static final int STUCK_CHECKS = 5;

  private final Channel channel;
  private final RtpStream stream;
  private final Session session;
  private final BiConsumer<ErrorCode, String> onEnd;
  private final List<RtpTrack> tracks;
  private final @Nullable RtpClock[] clocks;
  private final SlowLink link;
  private @Nullable Future<?> check;
  private int wanted = -1;
  private boolean begun;
  private boolean spoke;
  private long lastExcess;
  private int stuckChecks;
  private boolean left;
  private boolean closed;

  /**
   * Ready to send.
   *
   * @param stream given by {@link live.sluice.rtp.RtpStreams#open}; released when this is closed
   * @param session whose counters to keep
   * @param onEnd told when the stream's side ends it; the connection is to be closed then
   */
  public PacketSender(Channel channel, RtpStream stream, Session session, BiConsumer<ErrorCode, String> onEnd) {
    this.channel = channel;
    this.stream = stream;
    this.session = session;
    this.onEnd = onEnd;
    this.tracks = stream.tracks();
    this.clocks = new @Nullable RtpClock[tracks.size() * PacketHop.MAX_LAYERS];
    this.link = new SlowLink(channel);
  }

  /** Tells the tracks, and sends from now on. */
  public void start() {
    send(new HopMessage.Tracks(PacketHop.VERSION, stream.heedsRequests(), tracks));
    sendClocks();
    channel.flush();
    check = loop().scheduleWithFixedDelay(this::check, CHECK_MS, CHECK_MS, TimeUnit.MILLISECONDS);
    stream.add(this);
  }

  /** What reads the other side's requests; to be put into the channel's pipeline where its bytes come by. */
  public RequestHandler requests() {
    return new RequestHandler(this, channel.alloc());
  }

  // ---- the stream's side ----

  @Override
  public List<RtpTrack> tracks() {
    return tracks;
  }

  @Override
  public EventLoop loop() {
    return channel.eventLoop();
  }

  @Override
  public void onPackets(RtpPacket[] packets, int count) {
    if (closed) {
      return;
    }
    if (!begun) {
      begun = true;
      link.allow(bytes(packets, count));
    }
    sendClocks();
    boolean kept = !link.isWaiting();
    PacketWriter writer = new PacketWriter(channel, count);
    long sent = 0;
    int frames = 0;
    int lost = 0;
    for (int i = 0; i < count; i++) {
      RtpPacket packet = packets[i];
      if (isWanted(packet)) {
        int frame = endsFrame(packet) ? 1 : 0;
        if (link.takes(packet)) {
          sent += writer.write(packet);
          frames += frame;
        } else {
          lost += frame;
        }
      }
    }
    writer.end();
    spoke |= sent > 0;
    if (frames > 0) {
      session.firstFrame();
    }
    session.countSent(frames, (int) sent);
    session.countDropped(lost);
    if (kept && link.isWaiting()) {
      session.countSkip();
    }
  }

  private static long bytes(RtpPacket[] packets, int count) {
    long bytes = 0;
    for (int i = 0; i < count; i++) {
      bytes += HopPacket.HEAD + packets[i].bytes().readableBytes();
    }
    return bytes;
  }

  private boolean isWanted(RtpPacket packet) {
    boolean chosen = packet.track().kind() != MediaKind.VIDEO || (wanted & (1 << packet.layer())) != 0;
    return chosen && packet.track().index() < tracks.size() && HopPacket.fits(packet);
  }

  private static boolean endsFrame(RtpPacket packet) {
    return packet.marker() || packet.track().kind() == MediaKind.AUDIO;
  }

  private void sendClocks() {
    for (int i = 0; i < clocks.length; i++) {
      int track = i / PacketHop.MAX_LAYERS;
      int layer = i % PacketHop.MAX_LAYERS;
      RtpClock clock = stream.clock(track, layer);
      if (clock != null && clock != clocks[i]) {
        clocks[i] = clock;
        send(new HopMessage.Clock(track, layer, clock.ntp(), clock.rtp()));
      }
    }
  }

  /** Writes without flushing. */
  private void send(HopMessage message) {
    ByteBuf frame = HopMessages.frame(message, channel.alloc());
    spoke = true;
    session.countSent(frame.readableBytes());
    channel.write(frame, channel.voidPromise());
  }

  @Override
  public void onSourceChanged() {
    // The puller comes again, as the directory names a new epoch: what comes then may have another form, or other tracks.
    end(ErrorCode.STREAM_ENDED, "it is published anew");
  }

  @Override
  public void onEnd(ErrorCode code, String why) {
    left = true;
    end(code, why);
  }

  private void end(ErrorCode code, String why) {
    if (!closed) {
      send(new HopMessage.End(code, why));
      channel.flush();
      close();
      onEnd.accept(code, why);
    }
  }

  // ---- the connection's side ----

  /** The connection takes more again. */
  public void drain() {
    if (!closed) {
      link.drained();
      requestKeyframes(link.waitingLayers());
    }
  }

  /** A keyframe is wanted of those layers, bit n for layer n. */
  void requestKeyframes(int layers) {
    for (int layer = 0; layer < PacketHop.MAX_LAYERS; layer++) {
      if (!closed && (layers & (1 << layer)) != 0) {
        stream.requestKeyframe(layer);
      }
    }
  }

  /** Only those layers are wanted from now on; those that were not until now begin with a keyframe soon. */
  void want(int layers) {
    int added = layers & ~wanted;
    wanted = layers;
    requestKeyframes(added);
  }

  void countReceived(int bytes) {
    session.countReceived(bytes);
  }

  private void check() {
    long excess = link.excess();
    stuckChecks = excess == 0 || excess < lastExcess ? 0 : stuckChecks + 1;
    lastExcess = excess;
    if (stuckChecks == STUCK_CHECKS) {
      end(ErrorCode.PLAYER_STUCK, "it read nothing for " + (STUCK_CHECKS * CHECK_MS / 1000) + " s");
      return;
    }
    if (excess == 0) {
      // What was asked for may have been lost on its way to the publisher.
      requestKeyframes(link.waitingLayers());
      if (!spoke) {
        send(new HopMessage.Alive());
        channel.flush();
      }
    }
    spoke = false;
  }

  /** Leaves the stream, and releases it. More calls do nothing. */
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    Future<?> timer = check;
    if (timer != null) {
      timer.cancel(false);
    }
    if (!left) {
      stream.remove(this);
    }
    stream.release();
  }
}
