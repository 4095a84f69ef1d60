package live.sluice.node.config;

import java.util.List;

/**
 * Hops: links by QUIC to other nodes, and which other regions there are. Every key stands in {@code reference.yaml}.
 *
 * @param enabled whether the node has hops
 * @param listen address to listen on; empty: node.host where there are certificates, else 127.0.0.1
 * @param port port of UDP
 * @param streams how streams are pulled from nodes that have hops
 * @param certificate PEM file of the node's certificate and its chain; empty: no certificates, loopback only
 * @param key PEM file of the node's private key
 * @param authority PEM file of the certificates that sign those of nodes
 * @param regions other regions
 */
public record HopSection(
    boolean enabled,
    @Matches(value = "[A-Za-z0-9.:_%-]{0,255}", words = "an address or a host name") String listen,
    @Between(min = "0", max = "65535") int port,
    HopStreams streams,
    String certificate,
    String key,
    String authority,
    List<HopRegionSection> regions) {

  /** Keeps the list as it is now. */
  public HopSection {
    regions = List.copyOf(regions);
  }

  /** What holds where the file says nothing. */
  public static HopSection defaults() {
    return new HopSection(true, "", 8001, HopStreams.QUIC, "", "", "", List.of());
  }

  /** Whether nodes prove who they are. */
  public boolean hasCertificates() {
    return !certificate.isEmpty();
  }
}
