package live.sluice.node.config;

import java.time.Duration;

/**
 * HTTP API, metrics and health. Every key stands in {@code reference.yaml}.
 *
 * @param listen address to listen on
 * @param port port
 * @param tlsPort port of HTTPS, open only with a certificate
 * @param token bearer token of writes; empty: writes on loopback only
 * @param corsOrigin Access-Control-Allow-Origin; empty: not sent
 * @param clusterTimeout wait for another node when a request asks for all
 */
public record ApiSection(
    @Matches(value = "[A-Za-z0-9.:_%-]{1,255}", words = "an address or a host name") String listen,
    @Between(min = "0", max = "65535") int port,
    @Between(min = "0", max = "65535") int tlsPort,
    @Secret @Matches(value = "[!-~]{0,512}", words = "at most 512 characters without blanks") String token,
    @Matches(value = "[ -~]{0,255}", words = "an origin, * or empty") String corsOrigin,
    @Between(min = "10ms", max = "1m") Duration clusterTimeout) {

  /** What holds where the file says nothing. */
  public static ApiSection defaults() {
    return new ApiSection("0.0.0.0", 1985, 1990, "", "*", Duration.ofSeconds(1));
  }
}
