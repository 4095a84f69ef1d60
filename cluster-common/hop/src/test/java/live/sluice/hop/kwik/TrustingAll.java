package live.sluice.hop.kwik;

import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.X509TrustManager;
import live.sluice.hop.identity.LoopbackSecurity;
import live.sluice.hop.transport.HopSecurity;

/** A node that takes each server, as one who attacks does. */
record TrustingAll(HopSecurity other) implements HopSecurity {
  @Override
  public KeyStore keys() {
    return other.keys();
  }

  @Override
  public String alias() {
    return other.alias();
  }

  @Override
  public char[] password() {
    return other.password();
  }

  @Override
  public X509TrustManager trust() {
    return new LoopbackSecurity().trust();
  }

  @Override
  public byte[] prove(byte[] nonce, X509Certificate server) {
    return other.prove(nonce, server);
  }

  @Override
  public String verify(byte[] proof, byte[] nonce, X509Certificate server) {
    return other.verify(proof, nonce, server);
  }

  @Override
  public String nodeOf(List<X509Certificate> chain) {
    return "a";
  }
}
