package live.sluice.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import live.sluice.bench.clip.RtcClip;
import live.sluice.bench.clip.RtcPicture;
import live.sluice.bench.measure.PublishMeters;
import live.sluice.bench.rtc.RtcIdentity;
import live.sluice.bench.rtc.RtcPeer;
import live.sluice.bench.rtc.Sending;
import live.sluice.media.SluiceException;
import live.sluice.rtc.sdp.Answer;
import live.sluice.rtc.srtp.SrtpReceiver;
import live.sluice.rtc.srtp.SrtpSender;
import org.jspecify.annotations.Nullable;

/**
 * A publisher by WHIP. Where it is asked for a keyframe, the clip goes on at its next one, while the time goes on as ever.
 * On its loop alone.
 */
final class WhipPublisher implements Client, Paced, WhipExchange.Owner, RtcPeer.Owner {
  private static final int REPORT_MS = 1_000;
  private static final int RTCP_BYTES = 1_500;
  private static final long MOST_LATE_NANOS = 1_000_000_000;

  private final LoadLoop loop;
  private final RtcClip clip;
  private final Pacer pacer;
  private final PublishMeters meters;
  private final long phaseNanos;
  private final WhipExchange exchange;
  private final RtcPeer peer;
  private final Sending sending;
  private final Runnable gone;
  private @Nullable Answer answer;
  private @Nullable SrtpSender srtp;
  private @Nullable ScheduledFuture<?> reports;
  private long offeredAt;
  private boolean accepted;
  private boolean over;

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
    this.gone = gone;
    this.exchange = new WhipExchange(loop, target, token, this);
    this.peer = new RtcPeer(loop.loop(), loop::connectUdp, identity, this);
    this.sending = new Sending(peer, meters);
  }

  @Override
  public void start() {
    exchange.offer(sending.offer(clip.codec()));
  }

  @Override
  public void onOffered() {
    offeredAt = System.nanoTime();
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
    if (agreed == null) {
      return;
    }
    srtp = to;
    sending.begin(agreed, to, from);
    accepted = true;
    meters.accepted(System.nanoTime() - offeredAt);
    startNanos = pacer.nextPhase(phaseNanos);
    pacer.add(this);
    // The first report comes with the first media: who joins at once needs it to bring sound and pictures together.
    reports = loop.loop().scheduleAtFixedRate(this::report, 0, REPORT_MS, TimeUnit.MILLISECONDS);
  }

  @Override
  public long dueNanos() {
    return startNanos + pictureMs * 1_000_000;
  }

  @Override
  public boolean send(long now) {
    if (over) {
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
    boolean writable = peer.isWritable();
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
    peer.flush();
    pictureMs += picture.durationMs();
    next = (next + 1) % clip.pictures().size();
    return true;
  }

  private void report() {
    SrtpSender with = srtp;
    if (over || with == null) {
      return;
    }
    long mediaMs = (loop.clock().read() - startNanos) / 1_000_000;
    ByteBuf plain = ByteBufAllocator.DEFAULT.directBuffer(RTCP_BYTES);
    sending.writeReports(plain, loop.clock().wallNanos(), mediaMs);
    if (plain.isReadable()) {
      ByteBuf out = ByteBufAllocator.DEFAULT.directBuffer(plain.readableBytes() + with.rtcpOverhead());
      with.protectRtcp(plain, out);
      peer.write(out);
      peer.flush();
    }
    plain.release();
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
    if (!over) {
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
    if (over) {
      return;
    }
    over = true;
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
