package live.sluice.hop.identity;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;

/** A file of PEM blocks, RFC 7468. What it says of a private key's file never has any of its contents. */
final class PemFile {
  private static final int MOST_BYTES = 1 << 20;
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");

  private final String what;
  private final Path file;
  private final String text;

  /** {@code what} stands in errors, such as "hop.key". */
  PemFile(String what, Path file) {
    this.what = what;
    this.file = file;
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw wrong("is longer than " + MOST_BYTES + " bytes");
      }
      this.text = Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      throw wrong("is not there");
    } catch (IOException e) {
      throw wrong("can't be read (" + e.getClass().getSimpleName() + ")");
    }
  }

  List<X509Certificate> certificates() {
    List<X509Certificate> certificates = new ArrayList<>();
    Matcher blocks = BLOCK.matcher(text);
    while (blocks.find()) {
      if (blocks.group(1).equals("CERTIFICATE")) {
        try {
          certificates.add(certificate(Base64.getMimeDecoder().decode(blocks.group(2))));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
          throw wrong("has a certificate that can't be read: " + e.getMessage());
        }
      }
    }
    if (certificates.isEmpty()) {
      throw wrong("has no certificate in PEM form");
    }
    return certificates;
  }

  static X509Certificate certificate(byte[] der) throws GeneralSecurityException {
    return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
  }

  /** The key, of that algorithm: EC or RSA. */
  PrivateKey privateKey(String algorithm) {
    Matcher blocks = BLOCK.matcher(text);
    while (blocks.find()) {
      if (blocks.group(1).equals("PRIVATE KEY")) {
        try {
          byte[] der = Base64.getMimeDecoder().decode(blocks.group(2));
          return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
          // Without the cause: its message may have what it did not understand.
          throw wrong("has no private key of the kind that the certificate has, " + algorithm);
        }
      }
      if (blocks.group(1).endsWith("PRIVATE KEY")) {
        throw wrong(
            "has a private key in the form '" + blocks.group(1)
                + "', and must have it in PKCS#8 form, not encrypted: openssl pkcs8 -topk8 -nocrypt");
      }
    }
    throw wrong("has no private key in PEM form");
  }

  SluiceException wrong(String why) {
    return new SluiceException(ErrorCode.CONFIG_INVALID, what + " is '" + file + "', which " + why);
  }
}
