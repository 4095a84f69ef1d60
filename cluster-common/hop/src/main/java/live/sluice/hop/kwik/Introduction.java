package live.sluice.hop.kwik;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import live.sluice.hop.transport.HopSecurity;
import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;

/**
 * The first words on the first stream of a connection. TLS has proved who the server is; kwik's server can't ask for the
 * client's certificate, so the client proves itself here: it opens the stream by one byte, the server sends a nonce, the
 * client its proof, and the server a byte that takes it. Until then the server heeds nothing else.
 */
final class Introduction {
  private static final int GREETING = 1;
  private static final int TAKEN = 1;
  private static final int NONCE = 32;
  private static final int MAX_PROOF = 16 << 10;
  private static final SecureRandom RANDOM = new SecureRandom();

  private Introduction() {}

  /**
   * On the client.
   *
   * @throws SluiceException UNAUTHORIZED
   */
  static void ofClient(DataInputStream in, OutputStream out, HopSecurity security, X509Certificate server)
      throws IOException {
    out.write(new byte[] {GREETING});
    byte[] nonce = Framed.read(in, NONCE);
    out.write(Framed.of(security.prove(nonce, server)));
    // Whom it does not take the server closes the connection to.
    if (readUnlessClosed(in) != TAKEN) {
      throw new SluiceException(ErrorCode.UNAUTHORIZED, "the other node did not take this node's certificate");
    }
  }

  private static int readUnlessClosed(DataInputStream in) {
    try {
      return in.read();
    } catch (IOException e) {
      return -1;
    }
  }

  /**
   * On the server.
   *
   * @return the client's node id
   * @throws SluiceException UNAUTHORIZED
   */
  static String ofServer(DataInputStream in, OutputStream out, HopSecurity security, X509Certificate own)
      throws IOException {
    if (in.read() != GREETING) {
      throw new IOException("the first stream does not begin with a greeting");
    }
    byte[] nonce = new byte[NONCE];
    RANDOM.nextBytes(nonce);
    out.write(Framed.of(nonce));
    String client = security.verify(Framed.read(in, MAX_PROOF), nonce, own);
    out.write(new byte[] {TAKEN});
    return client;
  }
}
