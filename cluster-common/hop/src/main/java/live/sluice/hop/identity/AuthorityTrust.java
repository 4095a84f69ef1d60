package live.sluice.hop.identity;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.X509TrustManager;
import live.sluice.media.SluiceException;

/**
 * Trusts certificates of nodes and no others, for TLS. Which node it is TLS does not ask: whoever connects compares.
 * Thread-safe.
 */
final class AuthorityTrust implements X509TrustManager {
  private final Authority authority;

  AuthorityTrust(Authority authority) {
    this.authority = authority;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String keyExchange) throws CertificateException {
    check(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String keyExchange) throws CertificateException {
    check(chain);
  }

  private void check(X509Certificate[] chain) throws CertificateException {
    try {
      authority.nodeIdOf(List.of(chain));
    } catch (SluiceException e) {
      throw new CertificateException(e.getMessage(), e);
    }
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return authority.roots().toArray(new X509Certificate[0]);
  }
}
