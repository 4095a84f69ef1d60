package live.sluice.bench.rtc;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import live.sluice.rtc.dtls.DtlsEnd;
import live.sluice.rtc.dtls.DtlsListener;
import live.sluice.rtc.srtp.SrtpKeys;

/** Takes what a handshake tells, on its own thread, to the peer's loop. */
record HandshakeHop(EventLoop loop, RtcPeer peer) implements DtlsListener {
  @Override
  public void onSend(ByteBuf datagram) {
    onLoop(
        () -> {
          peer.write(datagram);
          peer.flush();
        },
        datagram::release);
  }

  @Override
  public void onKeys(SrtpKeys keys) {
    onLoop(() -> peer.secured(keys), () -> {});
  }

  @Override
  public void onClosed(DtlsEnd end) {
    onLoop(() -> peer.handshakeClosed(reason(end)), () -> {});
  }

  private static String reason(DtlsEnd end) {
    return switch (end.reason()) {
      case CLOSED_HERE, CLOSED_BY_PEER -> "the server closed the connection";
      case TIMED_OUT -> "no handshake by DTLS within 10 s";
      case OVERLOADED -> "the load generator had too many handshakes under way";
      case REFUSED_HERE, REFUSED_BY_PEER, FAILED -> "DTLS failed: " + end.detail();
    };
  }

  private void onLoop(Runnable task, Runnable otherwise) {
    if (loop.inEventLoop()) {
      task.run();
    } else if (loop.isShuttingDown()) {
      otherwise.run();
    } else {
      loop.execute(task);
    }
  }
}
