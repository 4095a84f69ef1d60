package live.sluice.hop.transport;

import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.X509TrustManager;

/** How the two sides of a connection know each other. Thread-safe. */
public interface HopSecurity {
  /** The name that certificates of nodes bear, and that TLS checks. */
  String SERVER_NAME = "hop.sluice.internal";

  /** This node's certificate and key, under {@link #alias}. */
  KeyStore keys();

  /** The entry's name in {@link #keys}. */
  String alias();

  /** What {@link #keys} is opened with. */
  char[] password();

  /** Which certificates are taken. */
  X509TrustManager trust();

  /**
   * Proves who this node is to a server, which can't ask for a certificate in TLS.
   *
   * @param nonce random bytes of the server's
   * @param server the certificate that the server has shown
   */
  byte[] prove(byte[] nonce, X509Certificate server);

  /**
   * Reads what {@link #prove} made; the client's node id.
   *
   * @throws live.sluice.media.SluiceException UNAUTHORIZED
   */
  String verify(byte[] proof, byte[] nonce, X509Certificate server);

  /**
   * The id of the node whose certificate a server has shown.
   *
   * @throws live.sluice.media.SluiceException UNAUTHORIZED
   */
  String nodeOf(List<X509Certificate> chain);
}
