package live.sluice.bench.load;

import io.netty.buffer.ByteBuf;
import live.sluice.bench.clip.RtcClip;
import live.sluice.bench.clip.RtcPicture;
import live.sluice.bench.measure.PublishMeters;
import live.sluice.bench.rtc.RtcIdentity;
import live.sluice.bench.rtc.Sending;
import live.sluice.rtc.srtp.SrtpReceiver;
import live.sluice.rtc.srtp.SrtpSender;
import org.jspecify.annotations.Nullable;

/**
 * A publisher by WHIP. Where it is asked for a keyframe, the clip goes on at its next one, while the time goes on as ever.
 * On its loop alone.
 */
final class WhipPublisher implements Client, Paced, WhipCall.Owner {
  private static final long MOST_LATE_NANOS = 1_000_000_000;

  private final LoadLoop loop;
  private final RtcClip clip;
  private final Pacer pacer;
  private final PublishMeters meters;
  private final long phaseNanos;
  private final WhipCall call;
  private final Sending sending;
  private long offeredAt;
  private boolean accepted;

  /** When the media time 0 is, and what of it comes next. */
  private long startNanos;

  private long pictureMs;
  private long soundMs;
  private int next;
  private boolean waitKeyframe;

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
    startNanos = pacer.nextPhase(phaseNanos);
    pacer.add(this);
    // The first report comes with the first media: who joins at once needs it to bring sound and pictures together.
    call.report(to, 0, this::writeReports);
  }

  @Override
  public long dueNanos() {
    return startNanos + pictureMs * 1_000_000;
  }

  @Override
  public boolean send(long now) {
    if (call.isClosed()) {
      return false;
    }
    long late = now - dueNanos();
    if (late > MOST_LATE_NANOS) {
      // As of RTMP: the stream halts for a moment, and does not make up for it.
      startNanos += late;
    }
    if (sending.takeKeyframeWanted()) {
      next = clip.keyframeFrom(next);
    }
    RtcPicture picture = clip.pictures().get(next);
    boolean writable = call.peer().isWritable();
    waitKeyframe = !writable || (waitKeyframe && !picture.keyframe());
    for (; soundMs <= pictureMs; soundMs += RtcClip.SOUND_MS) {
      if (writable) {
        meters.sent(sending.sound(RtcClip.SOUND, soundMs), late);
      } else {
        meters.dropped();
      }
    }
    if (waitKeyframe) {
      meters.dropped();
    } else {
      loop.clock().read();
      meters.sent(sending.picture(picture.payloads(), pictureMs, loop.clock().wallNanos()), late);
    }
    call.peer().flush();
    pictureMs += picture.durationMs();
    next = (next + 1) % clip.pictures().size();
    return true;
  }

  private void writeReports(ByteBuf out) {
    long mediaMs = (loop.clock().read() - startNanos) / 1_000_000;
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
    call.close();
  }
}
