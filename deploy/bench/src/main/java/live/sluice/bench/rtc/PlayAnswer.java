package live.sluice.bench.rtc;

import live.sluice.rtc.sdp.LocalTransport;
import live.sluice.rtc.sdp.PublishNegotiation;
import live.sluice.rtc.sdp.SessionDescription;

/** What a player answers where the server makes the offer. */
public final class PlayAnswer {
  private PlayAnswer() {}

  /**
   * The answer of whoever receives, which is that of a node to a publisher. But a player is a full ICE agent, which has no
   * candidates to tell, and it begins the DTLS handshake.
   *
   * @throws live.sluice.media.SluiceException if the offer can't be read, or nothing in it can be played
   */
  public static String to(String offer, LocalTransport local) {
    return PublishNegotiation.of(SessionDescription.parse(offer), PublishNegotiation.ALL_CODECS)
        .answer(local)
        .replace("a=ice-lite\r\n", "")
        .replace("a=end-of-candidates\r\n", "")
        .replace("a=setup:passive\r\n", "a=setup:active\r\n");
  }
}
