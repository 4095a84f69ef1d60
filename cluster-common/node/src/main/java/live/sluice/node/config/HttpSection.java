package live.sluice.node.config;

import java.time.Duration;

/**
 * HTTP media: FLV, WebSocket-FLV, HLS and the page. Every key stands in {@code reference.yaml}.
 *
 * @param listen address to listen on
 * @param port port
 * @param tlsPort port of HTTPS, open only with a certificate
 * @param maxUrlLength longest request line
 * @param maxHeaderSize all request headers together
 * @param requestTimeout for sending a request
 * @param idleTimeout between requests
 * @param corsOrigin Access-Control-Allow-Origin; empty: not sent
 */
public record HttpSection(
    @Matches(value = "[A-Za-z0-9.:_%-]{1,255}", words = "an address or a host name") String listen,
    @Between(min = "0", max = "65535") int port,
    @Between(min = "0", max = "65535") int tlsPort,
    @Between(min = "256B", max = "64KiB") DataSize maxUrlLength,
    @Between(min = "1KiB", max = "256KiB") DataSize maxHeaderSize,
    @Between(min = "100ms", max = "5m") Duration requestTimeout,
    @Between(min = "1s", max = "1h") Duration idleTimeout,
    @Matches(value = "[ -~]{0,255}", words = "an origin, * or empty") String corsOrigin) {

  /** What holds where the file says nothing. */
  public static HttpSection defaults() {
    return new HttpSection(
        "0.0.0.0",
        8080,
        8088,
        DataSize.kib(4),
        DataSize.kib(16),
        Duration.ofSeconds(10),
        Duration.ofSeconds(60),
        "*");
  }
}
