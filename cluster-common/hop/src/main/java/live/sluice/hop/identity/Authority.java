package live.sluice.hop.identity;

import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXReason;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;

/**
 * Those who sign certificates of nodes. A chain is held against them and the clock by the rules of RFC 5280, without
 * revocation: who is no node any more is kept out by a new authority, or by the end of its certificate. Thread-safe.
 */
final class Authority {
  private static final int LONGEST_CHAIN = 8;
  private static final String SERVER = "1.3.6.1.5.5.7.3.1";
  private static final String CLIENT = "1.3.6.1.5.5.7.3.2";
  private static final int URI_NAME = 6;
  private static final String NODE = "sluice://node/";
  private static final String NODE_ID = "[A-Za-z0-9._-]{1,64}";

  private final List<X509Certificate> roots;
  private final InstantSource clock;

  Authority(List<X509Certificate> roots, InstantSource clock) {
    this.roots = List.copyOf(roots);
    this.clock = clock;
  }

  List<X509Certificate> roots() {
    return roots;
  }

  /**
   * The node whose certificate is the first of the chain.
   *
   * @throws SluiceException {@link ErrorCode#UNAUTHORIZED} with what is wrong: signed by a stranger, expired, not yet
   *     valid, not for both ends of a link, no node's name in it
   */
  String nodeIdOf(List<X509Certificate> chain) {
    if (chain.isEmpty() || chain.size() > LONGEST_CHAIN) {
      throw refused("a chain of " + chain.size() + " certificates is refused: 1 to " + LONGEST_CHAIN + " are taken");
    }
    X509Certificate node = chain.getFirst();
    checkDates(node);
    checkSigned(chain);
    checkUse(node);
    return nameIn(node);
  }

  private void checkDates(X509Certificate certificate) {
    Instant now = clock.instant();
    Instant from = certificate.getNotBefore().toInstant();
    Instant until = certificate.getNotAfter().toInstant();
    if (now.isAfter(until)) {
      throw refused(shown(certificate) + " has expired, on " + until);
    }
    if (now.isBefore(from)) {
      throw refused(shown(certificate) + " is not valid before " + from + "; it is " + now + " here");
    }
  }

  private void checkSigned(List<X509Certificate> chain) {
    List<X509Certificate> path = new ArrayList<>(chain);
    // RFC 5280, section 6.1: the anchor is no part of the path.
    path.removeIf(roots::contains);
    if (path.isEmpty() || !path.getFirst().equals(chain.getFirst())) {
      throw refused(shown(chain.getFirst()) + " is that of an authority, and of no node");
    }
    try {
      Set<TrustAnchor> anchors = new HashSet<>();
      roots.forEach(root -> anchors.add(new TrustAnchor(root, null)));
      PKIXParameters rules = new PKIXParameters(anchors);
      rules.setRevocationEnabled(false);
      rules.setDate(Date.from(clock.instant()));
      CertPathValidator.getInstance("PKIX")
          .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), rules);
      checkAnchors(path.getLast());
    } catch (CertPathValidatorException e) {
      throw refused(shown(chain.getFirst()) + ' ' + why(e), e);
    } catch (GeneralSecurityException e) {
      throw refused(shown(chain.getFirst()) + " can't be checked: " + e.getMessage(), e);
    }
  }

  /** The rules do not look at the dates of an anchor; we do, for an authority is made for a time. */
  private void checkAnchors(X509Certificate last) {
    for (X509Certificate root : roots) {
      if (root.getSubjectX500Principal().equals(last.getIssuerX500Principal())) {
        checkDates(root);
      }
    }
  }

  private static String why(CertPathValidatorException e) {
    CertPathValidatorException.Reason reason = e.getReason();
    boolean stranger =
        reason == PKIXReason.NO_TRUST_ANCHOR || reason == CertPathValidatorException.BasicReason.INVALID_SIGNATURE;
    return stranger ? "is signed by a stranger: by none that hop.authority has" : "is refused: " + e.getMessage();
  }

  private static void checkUse(X509Certificate node) {
    try {
      Collection<String> uses = node.getExtendedKeyUsage();
      if (uses != null && !(uses.contains(SERVER) && uses.contains(CLIENT))) {
        throw refused(shown(node) + " is not for both ends of a link: it needs the uses serverAuth and clientAuth");
      }
    } catch (CertificateException e) {
      throw refused(shown(node) + " has uses that can't be read", e);
    }
  }

  private static String nameIn(X509Certificate node) {
    try {
      Collection<List<?>> names = node.getSubjectAlternativeNames();
      for (List<?> name : names == null ? List.<List<?>>of() : names) {
        if (name.getFirst().equals(URI_NAME) && name.get(1) instanceof String uri && uri.startsWith(NODE)) {
          String id = URI.create(uri).getPath().substring(1);
          if (id.matches(NODE_ID)) {
            return id;
          }
        }
      }
    } catch (CertificateException | IllegalArgumentException e) {
      throw refused(shown(node) + " has names that can't be read", e);
    }
    throw refused(shown(node) + " names no node: a URI " + NODE + "NAME is missing among its alternative names");
  }

  private static String shown(X509Certificate certificate) {
    String subject = certificate.getSubjectX500Principal().getName();
    StringBuilder safe = new StringBuilder("the certificate of '");
    for (int i = 0; i < Math.min(subject.length(), 100); i++) {
      char c = subject.charAt(i);
      safe.append(c < 0x20 || c >= 0x7f ? '?' : c);
    }
    return safe.append('\'').toString();
  }

  private static SluiceException refused(String why) {
    return new SluiceException(ErrorCode.UNAUTHORIZED, why);
  }

  private static SluiceException refused(String why, Throwable cause) {
    return new SluiceException(ErrorCode.UNAUTHORIZED, why, cause);
  }
}
