package live.sluice.node.config;

/**
 * TLS for all listeners that have a port for it. Every key stands in {@code reference.yaml}.
 *
 * @param certificate PEM file of the certificate and its chain; empty: no TLS
 * @param key PEM file of the private key
 */
public record TlsSection(
    String certificate,
    String key) {

  /** What holds where the file says nothing. */
  public static TlsSection defaults() {
    return new TlsSection("", "");
  }
}
