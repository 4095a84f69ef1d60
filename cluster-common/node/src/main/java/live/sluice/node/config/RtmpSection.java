package live.sluice.node.config;

import java.time.Duration;

/**
 * RTMP, for publishers and players. Every key stands in {@code reference.yaml}.
 *
 * @param listen address to listen on
 * @param port port
 * @param tlsPort port of RTMPS, open only with a certificate
 * @param handshakeTimeout for the handshake, and again for connect
 * @param commandTimeout until a connected client publishes or plays
 * @param maxChunkSize greatest chunk size that a client may set
 * @param maxMessageSize greatest message
 * @param maxStreams most message streams of a connection
 */
public record RtmpSection(
    @Matches(value = "[A-Za-z0-9.:_%-]{1,255}", words = "an address or a host name") String listen,
    @Between(min = "0", max = "65535") int port,
    @Between(min = "0", max = "65535") int tlsPort,
    @Between(min = "100ms", max = "5m") Duration handshakeTimeout,
    @Between(min = "100ms", max = "5m") Duration commandTimeout,
    @Between(min = "128B", max = "16MiB") DataSize maxChunkSize,
    @Between(min = "64KiB", max = "256MiB") DataSize maxMessageSize,
    @Between(min = "1", max = "1024") int maxStreams) {

  /** What holds where the file says nothing. */
  public static RtmpSection defaults() {
    return new RtmpSection(
        "0.0.0.0",
        1935,
        1443,
        Duration.ofSeconds(10),
        Duration.ofSeconds(15),
        DataSize.mib(16),
        DataSize.mib(16),
        16);
  }
}
