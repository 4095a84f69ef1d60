package live.sluice.hop.identity;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.X509TrustManager;
import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;

/**
 * Who this node is to others, and how it knows them: its certificate with the chain, the private key, and the authority
 * that signs those of all nodes. A server is proved by TLS; a client, of whom TLS does not ask for a certificate, by
 * {@link #sign} and {@link #verify}. Certificates of nodes have the DNS name {@link #NAME}, by which one connects
 * whatever the address, and the node's id in the URI {@code sluice://node/ID}. Immutable and thread-safe; the private key
 * is given to TLS and shown nowhere.
 */
public final class HopIdentity {
  /** The DNS name that every node's certificate has. */
  public static final String NAME = "hop.sluice.internal";

  /** Length of the random bytes that a server gives a client to sign. */
  public static final int NONCE_BYTES = 32;

  private static final String ALIAS = "node";
  private static final int MOST_CERTIFICATES = 8;
  private static final int MOST_CERTIFICATE_BYTES = 16 * 1024;
  private static final int MOST_PROOF_BYTES = 1024;

  private final List<X509Certificate> chain;
  private final PrivateKey key;
  private final Authority authority;
  private final String nodeId;

  private HopIdentity(List<X509Certificate> chain, PrivateKey key, Authority authority) {
    this.chain = List.copyOf(chain);
    this.key = key;
    this.authority = authority;
    this.nodeId = authority.nodeIdOf(chain);
  }

  /**
   * Reads all three from PEM files, and checks that they belong together.
   *
   * @param clock the wall clock that certificates are held against, now and later
   * @throws SluiceException {@link ErrorCode#CONFIG_INVALID} naming the key of the configuration and what is wrong
   */
  public static HopIdentity load(Path certificate, Path key, Path authority, InstantSource clock) {
    PemFile certificateFile = new PemFile("hop.certificate", certificate);
    PemFile keyFile = new PemFile("hop.key", key);
    List<X509Certificate> chain = certificateFile.certificates();
    String algorithm = chain.getFirst().getPublicKey().getAlgorithm();
    if (!algorithm.equals("EC") && !algorithm.equals("RSA")) {
      throw certificateFile.wrong("has a key of the kind " + algorithm + ", and must have one of EC or RSA");
    }
    PrivateKey privateKey = keyFile.privateKey(algorithm);
    List<X509Certificate> roots = new PemFile("hop.authority", authority).certificates();
    HopIdentity identity;
    try {
      identity = new HopIdentity(chain, privateKey, new Authority(roots, clock));
    } catch (SluiceException e) {
      throw certificateFile.wrong("can't be used: " + e.getMessage());
    }
    if (!identity.ownsItsCertificate()) {
      throw keyFile.wrong("is not the key of hop.certificate '" + certificate + "'");
    }
    return identity;
  }

  private boolean ownsItsCertificate() {
    try {
      byte[] nonce = new byte[NONCE_BYTES];
      X509Certificate mine = chain.getFirst();
      return Proof.verify(mine.getPublicKey(), nonce, mine, Proof.sign(key, nonce, mine));
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** The node's id, as its certificate has it. */
  public String nodeId() {
    return nodeId;
  }

  /** When the certificate ends. */
  public Instant expires() {
    return chain.getFirst().getNotAfter().toInstant();
  }

  /** The chain, the node's own certificate first. */
  public List<X509Certificate> chain() {
    return chain;
  }

  /** The chain as it is sent: DER, the node's own certificate first. */
  public List<byte[]> encodedChain() {
    List<byte[]> encoded = new ArrayList<>();
    try {
      for (X509Certificate certificate : chain) {
        encoded.add(certificate.getEncoded());
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a certificate that was read can't be written", e);
    }
    return encoded;
  }

  /**
   * A chain as a peer sent it.
   *
   * @throws SluiceException {@link ErrorCode#TOO_LARGE} or {@link ErrorCode#UNAUTHORIZED}: more than is taken, or no
   *     certificates
   */
  public static List<X509Certificate> decodeChain(List<byte[]> encoded) {
    List<X509Certificate> chain = new ArrayList<>();
    if (encoded.size() > MOST_CERTIFICATES) {
      throw new SluiceException(ErrorCode.TOO_LARGE, "a chain has more than " + MOST_CERTIFICATES + " certificates");
    }
    for (byte[] der : encoded) {
      if (der.length > MOST_CERTIFICATE_BYTES) {
        throw new SluiceException(ErrorCode.TOO_LARGE, "a certificate has more than " + MOST_CERTIFICATE_BYTES + " bytes");
      }
      try {
        chain.add(PemFile.certificate(der));
      } catch (GeneralSecurityException e) {
        throw new SluiceException(ErrorCode.UNAUTHORIZED, "what should be a certificate is none", e);
      }
    }
    return chain;
  }

  /** Key and chain for the server side of TLS, under the alias "node". */
  public KeyStore keyStore(char[] password) {
    try {
      KeyStore store = empty();
      store.setKeyEntry(ALIAS, key, password, chain.toArray(new Certificate[0]));
      return store;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("no key store could be made", e);
    }
  }

  /** The authority's certificates, for a TLS that wants them so. */
  public KeyStore trustStore() {
    try {
      KeyStore store = empty();
      for (int i = 0; i < authority.roots().size(); i++) {
        store.setCertificateEntry("authority-" + i, authority.roots().get(i));
      }
      return store;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("no trust store could be made", e);
    }
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  /** Trusts certificates of nodes by the authority and the clock, and no others; does not look at names. */
  public X509TrustManager trust() {
    return new AuthorityTrust(authority);
  }

  /**
   * The node that a chain belongs to, which is held against the authority and the clock.
   *
   * @throws SluiceException {@link ErrorCode#UNAUTHORIZED} with what is wrong: signed by a stranger, expired, not yet
   *     valid, no node's id in it
   */
  public String nodeIdOf(List<X509Certificate> peer) {
    return authority.nodeIdOf(peer);
  }

  /**
   * Proves to a server that this node has the key of its certificate.
   *
   * @param nonce the server's {@link #NONCE_BYTES} random bytes
   * @param server the certificate that TLS has proved the server to have
   * @throws SluiceException {@link ErrorCode#PROTOCOL_ERROR} for a nonce of another length
   */
  public byte[] sign(byte[] nonce, X509Certificate server) {
    checkNonce(nonce);
    try {
      return Proof.sign(key, nonce, server);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a key that could sign can't any more", e);
    }
  }

  /**
   * The node that proved itself to us.
   *
   * @param peer the client's chain
   * @param nonce our random bytes, used once
   * @param proof what the client's {@link #sign} gave
   * @throws SluiceException {@link ErrorCode#UNAUTHORIZED} with what is wrong: as in {@link #nodeIdOf}, or a proof that
   *     is not one for these bytes and our certificate
   */
  public String verify(List<X509Certificate> peer, byte[] nonce, byte[] proof) {
    checkNonce(nonce);
    String id = nodeIdOf(peer);
    boolean good = false;
    try {
      good =
          proof.length <= MOST_PROOF_BYTES
              && Proof.verify(peer.getFirst().getPublicKey(), nonce, chain.getFirst(), proof);
    } catch (GeneralSecurityException e) {
      // A signature that can't be read is as good as a wrong one.
    }
    if (!good) {
      throw new SluiceException(
          ErrorCode.UNAUTHORIZED, "the proof is not one of node '" + id + "': it does not have its certificate's key");
    }
    return id;
  }

  private static void checkNonce(byte[] nonce) {
    if (nonce.length != NONCE_BYTES) {
      throw new SluiceException(
          ErrorCode.PROTOCOL_ERROR, "a nonce has " + nonce.length + " bytes, and must have " + NONCE_BYTES);
    }
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "node " + nodeId + ", certificate until " + expires();
  }
}
