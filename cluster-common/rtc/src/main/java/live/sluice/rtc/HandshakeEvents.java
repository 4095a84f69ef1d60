package live.sluice.rtc;

import io.netty.buffer.ByteBuf;
import live.sluice.media.ErrorCode;
import live.sluice.rtc.dtls.DtlsEnd;
import live.sluice.rtc.dtls.DtlsListener;
import live.sluice.rtc.srtp.SrtpKeys;

/** Takes what a handshake tells, on its own thread, to the peer's loop. */
record HandshakeEvents(Peer peer) implements DtlsListener {
  @Override
  public void onSend(ByteBuf datagram) {
    peer.sendDtls(datagram);
  }

  @Override
  public void onKeys(SrtpKeys keys) {
    peer.secured(keys);
  }

  @Override
  public void onClosed(DtlsEnd end) {
    ErrorCode code =
        switch (end.reason()) {
          case CLOSED_HERE, CLOSED_BY_PEER -> ErrorCode.OK;
          case TIMED_OUT -> ErrorCode.HANDSHAKE_TIMEOUT;
          case OVERLOADED -> ErrorCode.OVERLOADED;
          case REFUSED_HERE, REFUSED_BY_PEER, FAILED -> ErrorCode.DTLS_FAILED;
        };
    String why = end.reason() == DtlsEnd.Reason.CLOSED_BY_PEER ? "the peer closed the connection" : end.detail();
    peer.run(
        () -> {
          peer.end(code, why);
          peer.disconnect();
        },
        () -> {});
  }
}
