package live.sluice.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import live.sluice.bench.rtc.RtcIdentity;
import live.sluice.bench.rtc.RtcPeer;
import live.sluice.media.SluiceException;
import live.sluice.rtc.sdp.Answer;
import live.sluice.rtc.srtp.SrtpSender;
import org.jspecify.annotations.Nullable;

/**
 * What publishers by WHIP and players by WHEP or of Janus do alike: an offer and its answer, the peer that is connected by them, a report
 * once a second, and the leaving. On its loop alone.
 */
final class WhipCall implements Signalling.Owner {
  private static final int REPORT_MS = 1_000;
  private static final int RTCP_BYTES = 1_500;

  /** Told what comes of the offer, and from the peer; {@link #onEnd} says of both that they have failed. */
  interface Owner extends RtcPeer.Owner {
    /** The offer is being sent. */
    void onOffered();
  }

  private final LoadLoop loop;
  private final Owner owner;
  private final Runnable gone;
  private final Signalling signalling;
  private final RtcPeer peer;
  private @Nullable Answer answer;
  private @Nullable SrtpSender sender;
  private @Nullable ScheduledFuture<?> reports;
  private boolean closed;

  /**
   * Nothing is sent yet.
   *
   * @param target where offers are taken
   * @param token what each request bears; null for none
   * @param gone called once it has left
   */
  WhipCall(
      LoadLoop loop, Target target, @Nullable String token, RtcIdentity identity, Owner owner, Runnable gone) {
    this.loop = loop;
    this.owner = owner;
    this.gone = gone;
    this.peer = new RtcPeer(loop.loop(), loop::connectUdp, identity, owner);
    this.signalling =
        target.protocol() == Target.Protocol.JANUS
            ? new JanusExchange(loop, target, peer.transport(), this)
            : new WhipExchange(loop, target, token, this);
  }

  RtcPeer peer() {
    return peer;
  }

  void offer(String sdp) {
    signalling.offer(sdp);
  }

  @Override
  public void onOffered() {
    owner.onOffered();
  }

  @Override
  public void onAnswer(String sdp, InetSocketAddress server) {
    try {
      Answer read = Answer.parse(sdp);
      answer = read;
      peer.connect(read, server.getAddress());
    } catch (SluiceException e) {
      owner.onEnd("the server's answer can't be read: " + e.getMessage());
    }
  }

  @Override
  public void onRefused(String why) {
    owner.onEnd(why);
  }

  /** What was agreed, which a peer that is connected always has. */
  Answer answer() {
    Answer agreed = answer;
    if (agreed == null) {
      throw new IllegalStateException("nothing was answered");
    }
    return agreed;
  }

  /**
   * Begins to report.
   *
   * @param to protects what is sent
   * @param firstMs when the first report is sent, from now
   * @param report writes one, or nothing
   */
  void report(SrtpSender to, int firstMs, Consumer<ByteBuf> report) {
    sender = to;
    reports =
        loop.loop().scheduleAtFixedRate(() -> sendRtcp(report), firstMs, REPORT_MS, TimeUnit.MILLISECONDS);
  }

  /** Protects and sends what {@code writer} writes, if it writes anything. */
  void sendRtcp(Consumer<ByteBuf> writer) {
    SrtpSender with = sender;
    ByteBuf plain = ByteBufAllocator.DEFAULT.directBuffer(RTCP_BYTES);
    writer.accept(plain);
    if (with != null && plain.isReadable()) {
      ByteBuf out = ByteBufAllocator.DEFAULT.directBuffer(plain.readableBytes() + with.rtcpOverhead());
      with.protectRtcp(plain, out);
      peer.write(out);
      peer.flush();
    }
    plain.release();
  }

  boolean isClosed() {
    return closed;
  }

  /** Leaves: the session is deleted, and then the peer closed. More calls do nothing. */
  void close() {
    if (closed) {
      return;
    }
    closed = true;
    ScheduledFuture<?> timer = reports;
    if (timer != null) {
      timer.cancel(false);
    }
    signalling.delete(
        () -> {
          peer.close();
          gone.run();
        });
  }
}
