package live.sluice.hop.identity;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.X509TrustManager;
import live.sluice.hop.transport.HopSecurity;
import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;

/** Both sides show certificates of the cluster's authority. */
public final class CertificateSecurity implements HopSecurity {
  private static final char[] PASSWORD = "node".toCharArray();

  private final HopIdentity identity;
  private final KeyStore keys;

  /** For the node whose identity that is. */
  public CertificateSecurity(HopIdentity identity) {
    this.identity = identity;
    this.keys = identity.keyStore(PASSWORD);
  }

  @Override
  public KeyStore keys() {
    return keys;
  }

  @Override
  public String alias() {
    return "node";
  }

  @Override
  public char[] password() {
    return PASSWORD.clone();
  }

  @Override
  public X509TrustManager trust() {
    return identity.trust();
  }

  /** The number of certificates, each with two bytes of length, and the signature. */
  @Override
  public byte[] prove(byte[] nonce, X509Certificate server) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    List<byte[]> chain = identity.encodedChain();
    try {
      out.writeByte(chain.size());
      for (byte[] certificate : chain) {
        out.writeShort(certificate.length);
        out.write(certificate);
      }
      out.write(identity.sign(nonce, server));
    } catch (IOException e) {
      throw new IllegalStateException("memory takes all that is written", e);
    }
    return bytes.toByteArray();
  }

  @Override
  public String verify(byte[] proof, byte[] nonce, X509Certificate server) {
    List<byte[]> chain = new ArrayList<>();
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(proof));
    try {
      int count = in.readUnsignedByte();
      for (int i = 0; i < count; i++) {
        byte[] certificate = in.readNBytes(in.readUnsignedShort());
        chain.add(certificate);
      }
      return identity.verify(HopIdentity.decodeChain(chain), nonce, in.readAllBytes());
    } catch (IOException e) {
      throw new SluiceException(ErrorCode.UNAUTHORIZED, "the proof of who it is is cut off", e);
    }
  }

  @Override
  public String nodeOf(List<X509Certificate> chain) {
    return identity.nodeIdOf(chain);
  }
}
