package live.sluice.rtc.dtls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.HexFormat;
import org.bouncycastle.tls.ContentType;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.crypto.TlsDecodeResult;
import org.bouncycastle.tls.crypto.TlsNullNullCipher;
import org.junit.jupiter.api.Test;

class GuardedCipherTest {
  private final GuardedCipher cipher = new GuardedCipher(TlsNullNullCipher.INSTANCE);

  @Test
  void aFinishedThatSaysItIsLongIsRefusedAfterItWasDecrypted() {
    assertThatThrownBy(() -> decode(ContentType.handshake, "14ffffff000500000000000100"))
        .isInstanceOf(TlsFatalAlert.class);
  }

  @Test
  void otherRecordsPass() throws IOException {
    assertThat(decode(ContentType.handshake, "1400000c000500000000000100").len).isEqualTo(13);
    assertThat(decode(ContentType.application_data, "14ffffff000500000000000100").len).isEqualTo(13);
  }

  private TlsDecodeResult decode(short type, String hex) throws IOException {
    byte[] bytes = HexFormat.of().parseHex(hex);
    return cipher.decodeCiphertext(0, type, ProtocolVersion.DTLSv12, bytes, 0, bytes.length);
  }
}
