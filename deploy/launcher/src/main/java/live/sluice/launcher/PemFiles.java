package live.sluice.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** Files of one PEM block each, RFC 7468. None is ever overwritten. */
final class PemFiles {
  private PemFiles() {}

  /** Writes a new file; one that is private is its owner's only, from the first byte on. */
  static void write(Path file, String what, byte[] der, boolean isPrivate) throws IOException {
    String mode = isPrivate ? "rw-------" : "rw-r--r--";
    Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode)));
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    Files.writeString(file, "-----BEGIN " + what + "-----\n" + body + "\n-----END " + what + "-----\n");
  }

  static X509Certificate certificate(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    } catch (IOException | GeneralSecurityException e) {
      throw new LaunchException("cannot read the certificate in " + file + ": " + e.getMessage(), e);
    }
  }

  /** Without the cause of a failure: its message may have something of the key. */
  static PrivateKey key(Path file) {
    try {
      String body = Files.readString(file, StandardCharsets.ISO_8859_1).replaceAll("-----[A-Z ]+-----", "");
      return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(body)));
    } catch (IOException e) {
      throw new LaunchException("cannot read " + file + " (" + e.getClass().getSimpleName() + ")");
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new LaunchException(file + " is no file of a private key as ./sluice certs makes it");
    }
  }
}
