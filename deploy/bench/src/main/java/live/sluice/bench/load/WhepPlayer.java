package live.sluice.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import live.sluice.bench.measure.PacketCounts;
import live.sluice.bench.measure.PlayerMeter;
import live.sluice.bench.rtc.Reception;
import live.sluice.bench.rtc.RtcIdentity;
import live.sluice.bench.rtc.RtcPeer;
import live.sluice.media.Codec;
import live.sluice.media.SluiceException;
import live.sluice.rtc.sdp.Answer;
import live.sluice.rtc.sdp.OfferBuilder;
import live.sluice.rtc.srtp.SrtpReceiver;
import live.sluice.rtc.srtp.SrtpSender;
import org.jspecify.annotations.Nullable;

/** A player by WHEP. It offers all codecs, and takes what comes. On its loop alone. */
final class WhepPlayer implements Client, WhipExchange.Owner, RtcPeer.Owner {
  private static final List<Codec> SOUND = List.of(Codec.OPUS, Codec.G711U, Codec.G711A);
  private static final List<Codec> PICTURES = List.of(Codec.H264, Codec.VP8, Codec.VP9, Codec.AV1, Codec.HEVC);
  private static final int REPORT_MS = 1_000;
  private static final int REQUEST_MS = 10;
  private static final int RTCP_BYTES = 1_500;

  private final LoadLoop loop;
  private final PlayerMeter meter;
  private final PacketCounts counts;
  private final boolean opensAll;
  private final WhipExchange exchange;
  private final RtcPeer peer;
  private final Runnable gone;
  private @Nullable Answer answer;
  private @Nullable Reception reception;
  private @Nullable SrtpSender sender;
  private @Nullable ScheduledFuture<?> reports;
  private boolean requestsPlanned;
  private boolean paused;
  private boolean closed;

  /**
   * A player.
   *
   * @param opensAll whether it opens all packets, and so has latencies
   * @param gone called once it has left
   */
  WhepPlayer(
      LoadLoop loop,
      Target target,
      @Nullable String token,
      RtcIdentity identity,
      PlayerMeter meter,
      PacketCounts counts,
      boolean opensAll,
      Runnable gone) {
    this.loop = loop;
    this.meter = meter;
    this.counts = counts;
    this.opensAll = opensAll;
    this.gone = gone;
    this.exchange = new WhipExchange(loop, target, token, this);
    this.peer = new RtcPeer(loop.loop(), loop::connectUdp, identity, this);
  }

  @Override
  public void start() {
    exchange.offer(OfferBuilder.play(peer.transport()).audio(SOUND, 0).video(PICTURES, 0, 0).build());
  }

  @Override
  public void onOffered() {
    loop.clock().read();
    meter.connected();
    meter.requested();
  }

  @Override
  public void onAnswer(String sdp, InetSocketAddress server) {
    try {
      Answer read = Answer.parse(sdp);
      answer = read;
      peer.connect(read, server.getAddress());
    } catch (SluiceException e) {
      failed("the server's answer can't be read: " + e.getMessage());
    }
  }

  @Override
  public void onRefused(String why) {
    failed(why);
  }

  @Override
  public void onConnected(SrtpSender to, SrtpReceiver from) {
    Answer agreed = answer;
    if (agreed != null) {
      sender = to;
      reception = new Reception(agreed, from, meter, counts, opensAll, loop.clock().read());
      reports =
          loop.loop().scheduleAtFixedRate(this::report, REPORT_MS, REPORT_MS, TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public void onReceived(int bytes) {
    meter.received(bytes);
  }

  @Override
  public void onRtp(ByteBuf packet) {
    Reception to = reception;
    if (to != null && !paused) {
      to.onRtp(packet, loop.clock().read());
    }
  }

  @Override
  public void onRtcp(ByteBuf packet) {
    Reception to = reception;
    if (to != null && !paused) {
      to.onRtcp(packet, loop.clock().read());
    }
  }

  @Override
  public void onReadComplete() {
    Reception from = reception;
    if (from == null) {
      return;
    }
    long now = loop.clock().read();
    while (from.isFeedbackDue(now)) {
      ByteBuf out = rtcp();
      from.writeFeedback(out, now);
      send(out);
    }
    planRequests(from);
  }

  private void planRequests(Reception from) {
    if (!requestsPlanned && from.waits()) {
      requestsPlanned = true;
      loop.loop().schedule(this::request, REQUEST_MS, TimeUnit.MILLISECONDS);
    }
  }

  private void request() {
    requestsPlanned = false;
    Reception from = reception;
    if (from == null || closed) {
      return;
    }
    ByteBuf out = rtcp();
    from.writeRequests(out, loop.clock().read());
    send(out);
    planRequests(from);
  }

  private void report() {
    Reception from = reception;
    if (from != null && !closed) {
      ByteBuf out = rtcp();
      from.writeReport(out, loop.clock().read());
      send(out);
    }
  }

  private static ByteBuf rtcp() {
    return ByteBufAllocator.DEFAULT.directBuffer(RTCP_BYTES);
  }

  /** Protects and sends what was written, if anything was. */
  private void send(ByteBuf plain) {
    SrtpSender with = sender;
    if (with != null && plain.isReadable()) {
      ByteBuf out = ByteBufAllocator.DEFAULT.directBuffer(plain.readableBytes() + with.rtcpOverhead());
      with.protectRtcp(plain, out);
      peer.write(out);
      peer.flush();
    }
    plain.release();
  }

  @Override
  public void onEnd(String why) {
    failed(why);
  }

  @Override
  public void failed(String why) {
    if (!closed) {
      meter.ended(why);
    }
    close();
  }

  /** A paused player of packets loses them: it looks at none, and answers none. */
  @Override
  public void pause(boolean stop) {
    paused = stop;
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    ScheduledFuture<?> timer = reports;
    if (timer != null) {
      timer.cancel(false);
    }
    exchange.delete(
        () -> {
          peer.close();
          gone.run();
        });
  }
}
