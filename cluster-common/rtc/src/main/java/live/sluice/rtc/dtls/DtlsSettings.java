package live.sluice.rtc.dtls;

import java.time.Duration;

/**
 * Bounds of handshakes.
 *
 * @param handshakeTimeout a handshake that takes longer has failed; the time in which it waits for its turn counts
 *     apart
 * @param resend how long a flight waits for its answer before it is sent again, doubled each time
 * @param maxHandshakes so many go on at once, others wait for their turn; each is about a millisecond of a core
 * @param maxHandshakeDatagrams a peer that sends more before its handshake is done is refused
 * @param queuedDatagrams of a peer that wait for its thread; more are dropped, as by any network
 * @param maxDatagramBytes bytes of the largest datagram that is sent
 * @param silence a handshake whose peer has sent nothing for so long gives its turn up where others wait for one
 */
public record DtlsSettings(
    Duration handshakeTimeout,
    Duration resend,
    int maxHandshakes,
    int maxHandshakeDatagrams,
    int queuedDatagrams,
    int maxDatagramBytes,
    Duration silence) {
  /** Longer than any path takes, and than a few losses in a row: clients send again after 50 ms to 1 s at first. */
  private static final Duration USUAL_SILENCE = Duration.ofSeconds(2);

  /** What fits browsers on the Internet. */
  public static final DtlsSettings DEFAULT =
      new DtlsSettings(Duration.ofSeconds(10), Duration.ofMillis(200), 256, 200, 32, 1200);

  /** With the usual silence. */
  public DtlsSettings(
      Duration handshakeTimeout,
      Duration resend,
      int maxHandshakes,
      int maxHandshakeDatagrams,
      int queuedDatagrams,
      int maxDatagramBytes) {
    this(
        handshakeTimeout,
        resend,
        maxHandshakes,
        maxHandshakeDatagrams,
        queuedDatagrams,
        maxDatagramBytes,
        USUAL_SILENCE);
  }
}
