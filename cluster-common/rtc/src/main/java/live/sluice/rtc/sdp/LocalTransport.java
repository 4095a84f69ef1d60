package live.sluice.rtc.sdp;

import java.util.List;

/**
 * What this side tells about its transport.
 *
 * @param sessionId a number for the description's origin, not negative
 * @param ufrag ICE user fragment, 4 characters at least
 * @param password ICE password, 22 characters at least
 * @param fingerprint of this side's certificate
 * @param candidates each as an attribute's text, {@code candidate:1 1 udp 2130706431 192.0.2.1 8000 typ host}
 */
public record LocalTransport(
    long sessionId, String ufrag, String password, Fingerprint fingerprint, List<String> candidates) {
  /** Copies the list. */
  public LocalTransport {
    candidates = List.copyOf(candidates);
  }
}
