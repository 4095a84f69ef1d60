package live.sluice.bench.load;

import io.netty.buffer.ByteBuf;
import live.sluice.bench.clip.RtcClip;
import live.sluice.bench.measure.PublishMeters;
import live.sluice.bench.rtc.RtcIdentity;
import live.sluice.bench.rtc.Sending;
import live.sluice.rtc.srtp.SrtpReceiver;
import live.sluice.rtc.srtp.SrtpSender;
import org.jspecify.annotations.Nullable;

/** A publisher by WHIP. On its loop alone. */
final class WhipPublisher implements Client, WhipCall.Owner {
  private final LoadLoop loop;
  private final RtcClip clip;
  private final Pacer pacer;
  private final PublishMeters meters;
  private final long phaseNanos;
  private final WhipCall call;
  private final Sending sending;
  private final PacketFeed feed;
  private long offeredAt;
  private boolean accepted;

  /**
   * A publisher.
   *
   * @param phaseNanos how much later than it might it begins, so that not all send at once
   * @param gone called once it has left
   */
  WhipPublisher(
      LoadLoop loop,
      Target target,
      @Nullable String token,
      RtcIdentity identity,
      RtcClip clip,
      Pacer pacer,
      PublishMeters meters,
      long phaseNanos,
      Runnable gone) {
    this.loop = loop;
    this.clip = clip;
    this.pacer = pacer;
    this.meters = meters;
    this.phaseNanos = phaseNanos;
    this.call = new WhipCall(loop, target, token, identity, this, gone);
    this.sending = new Sending(call.peer(), meters);
    this.feed = new PacketFeed(loop, clip, meters, sending);
  }

  @Override
  public void start() {
    call.offer(sending.offer(clip.codec()));
  }

  @Override
  public void onOffered() {
    offeredAt = System.nanoTime();
  }

  @Override
  public void onConnected(SrtpSender to, SrtpReceiver from) {
    sending.begin(call.answer(), to, from);
    accepted = true;
    meters.accepted(System.nanoTime() - offeredAt);
    feed.begin(pacer, phaseNanos);
    // The first report comes with the first media: who joins at once needs it to bring sound and pictures together.
    call.report(to, 0, this::writeReports);
  }

  private void writeReports(ByteBuf out) {
    long mediaMs = feed.nowMs();
    sending.writeReports(out, loop.clock().wallNanos(), mediaMs);
  }

  @Override
  public void onReceived(int bytes) {
    // A publisher's bytes are those that it sends.
  }

  @Override
  public void onRtp(ByteBuf packet) {
    // Nobody sends it media.
  }

  @Override
  public void onRtcp(ByteBuf packet) {
    sending.onRtcp(packet);
  }

  @Override
  public void onReadComplete() {
    // It answers as it reads.
  }

  @Override
  public void onEnd(String why) {
    failed(why);
  }

  @Override
  public void failed(String why) {
    if (!call.isClosed()) {
      meters.ended(accepted, why);
    }
    close();
  }

  @Override
  public void pause(boolean stop) {
    // A publisher reads next to nothing.
  }

  @Override
  public void close() {
    feed.stop();
    call.close();
  }
}
