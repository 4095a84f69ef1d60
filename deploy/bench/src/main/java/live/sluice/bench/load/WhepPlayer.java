package live.sluice.bench.load;

import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.concurrent.TimeUnit;
import live.sluice.bench.measure.PacketCounts;
import live.sluice.bench.measure.PlayerMeter;
import live.sluice.bench.rtc.Reception;
import live.sluice.bench.rtc.RtcIdentity;
import live.sluice.media.Codec;
import live.sluice.rtc.sdp.OfferBuilder;
import live.sluice.rtc.srtp.SrtpProfile;
import live.sluice.rtc.srtp.SrtpReceiver;
import live.sluice.rtc.srtp.SrtpSender;
import org.jspecify.annotations.Nullable;

/** A player by WHEP, or of Janus. It offers all codecs, and takes what comes. On its loop alone. */
final class WhepPlayer implements Client, WhipCall.Owner {
  private static final List<Codec> SOUND = List.of(Codec.OPUS, Codec.G711U, Codec.G711A);
  private static final List<Codec> PICTURES = List.of(Codec.H264, Codec.VP8, Codec.VP9, Codec.AV1, Codec.HEVC);
  private static final int FIRST_REPORT_MS = 1_000;
  private static final int REQUEST_MS = 10;

  private final LoadLoop loop;
  private final PlayerMeter meter;
  private final PacketCounts counts;
  private final boolean opensAll;
  private final WhipCall call;
  private @Nullable Reception reception;
  private boolean requestsPlanned;
  private boolean paused;

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
    this.call = new WhipCall(loop, target, token, identity, this, gone);
  }

  @Override
  public void start() {
    call.offer(OfferBuilder.play(call.peer().transport()).audio(SOUND, 0).video(PICTURES, 0, 0).build());
  }

  @Override
  public void onOffered() {
    loop.clock().read();
    meter.connected();
    meter.requested();
  }

  @Override
  public void onConnected(SrtpSender to, SrtpReceiver from) {
    Reception begun = new Reception(call.answer(), from, meter, counts, opensAll, loop.clock().read());
    reception = begun;
    if (to.profile() == SrtpProfile.AEAD_AES_128_GCM) {
      counts.gcm();
    }
    call.report(to, FIRST_REPORT_MS, out -> begun.writeReport(out, loop.clock().read()));
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
      call.sendRtcp(out -> from.writeFeedback(out, now));
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
    if (from == null || call.isClosed()) {
      return;
    }
    call.sendRtcp(out -> from.writeRequests(out, loop.clock().read()));
    planRequests(from);
  }

  @Override
  public void onEnd(String why) {
    failed(why);
  }

  @Override
  public void failed(String why) {
    if (!call.isClosed()) {
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
    call.close();
  }
}
