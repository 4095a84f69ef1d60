package live.sluice.rtc;

import java.time.Duration;
import java.util.List;

/**
 * What WebRTC is told by the configuration.
 *
 * @param listen address that is listened on
 * @param candidates addresses of this node that answers announce, an IP address each, with a port where it is another;
 *     empty: those of its interfaces
 * @param consent after so long without a valid check a peer has gone
 * @param connectTimeout how long a peer may take from the answer to the first packet
 * @param maxHandshakes DTLS handshakes that may be under way at once
 * @param playerWait how long a player waits for a publisher; zero: it is refused at once
 * @param maxBitrate the most that publishers are asked to send, in bits a second
 */
public record RtcSettings(
    String listen,
    List<String> candidates,
    Duration consent,
    Duration connectTimeout,
    int maxHandshakes,
    Duration playerWait,
    long maxBitrate) {

  /** Keeps the list as it is now. */
  public RtcSettings {
    candidates = List.copyOf(candidates);
  }
}
