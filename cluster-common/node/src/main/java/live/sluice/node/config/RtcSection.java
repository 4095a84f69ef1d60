package live.sluice.node.config;

import java.time.Duration;
import java.util.List;

/**
 * WebRTC: WHIP and WHEP. Every key stands in {@code reference.yaml}.
 *
 * @param enabled whether the node does WebRTC
 * @param listen address to listen on
 * @param port port of UDP and of TCP
 * @param tcp whether clients may come by TCP
 * @param candidates addresses that are announced; empty: those of this machine
 * @param iceServers STUN and TURN servers that clients are told of
 * @param handshakeTimeout how long ICE and DTLS may take
 * @param maxHandshakes most DTLS handshakes at a time, further ones wait
 * @param idleTimeout how long a peer may be silent
 * @param playerWait how long a player waits for a publisher
 * @param maxBitrate what a publisher is told to stay below
 * @param nackHistory how long packets are kept to be sent again
 * @param transcode what becomes of pictures that no browser shows
 */
public record RtcSection(
    boolean enabled,
    @Matches(value = "[A-Za-z0-9.:_%-]{1,255}", words = "an address or a host name") String listen,
    @Between(min = "0", max = "65535") int port,
    boolean tcp,
    List<String> candidates,
    List<IceServerSection> iceServers,
    @Between(min = "1s", max = "1m") Duration handshakeTimeout,
    @Between(min = "1", max = "100000") int maxHandshakes,
    @Between(min = "2s", max = "10m") Duration idleTimeout,
    @Between(min = "0s", max = "30s") Duration playerWait,
    @Between(min = "100kbps", max = "1Gbps") BitRate maxBitrate,
    @Between(min = "0ms", max = "10s") Duration nackHistory,
    RtcTranscode transcode) {

  /** Keeps the lists as they are now. */
  public RtcSection {
    candidates = List.copyOf(candidates);
    iceServers = List.copyOf(iceServers);
  }

  /** What holds where the file says nothing. */
  public static RtcSection defaults() {
    return new RtcSection(
        true,
        "0.0.0.0",
        8000,
        true,
        List.of(),
        List.of(),
        Duration.ofSeconds(10),
        500,
        Duration.ofSeconds(30),
        Duration.ZERO,
        BitRate.mbps(20),
        Duration.ofSeconds(1),
        RtcTranscode.OFF);
  }
}
