package live.sluice.rtc.dtls;

import io.netty.buffer.ByteBuf;
import live.sluice.rtc.srtp.SrtpKeys;

/**
 * What an endpoint tells. All of it comes on the endpoint's own virtual thread, in order: who owns the peer hops to its
 * loop.
 */
public interface DtlsListener {
  /** A datagram for the peer; the listener's to send and release. */
  void onSend(ByteBuf datagram);

  /** The handshake is done and the peer is who it should be: what is sent and comes from now on has these keys. */
  void onKeys(SrtpKeys keys);

  /** It is over. Comes once, last, and always; where the endpoint never began, on the thread that closed it. */
  void onClosed(DtlsEnd end);
}
