package live.sluice.rtc.dtls;

import java.io.IOException;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.ContentType;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.crypto.TlsCipher;
import org.bouncycastle.tls.crypto.TlsDecodeResult;
import org.bouncycastle.tls.crypto.TlsEncodeResult;

/**
 * A cipher that holds handshake messages to their bound after it has decrypted them, where {@link RecordGate} can't see
 * them: a peer that has the right certificate may still be hostile.
 */
record GuardedCipher(TlsCipher cipher) implements TlsCipher {
  @Override
  public TlsDecodeResult decodeCiphertext(
      long sequence, short recordType, ProtocolVersion version, byte[] bytes, int offset, int length)
      throws IOException {
    TlsDecodeResult result = cipher.decodeCiphertext(sequence, recordType, version, bytes, offset, length);
    if (result.contentType == ContentType.handshake
        && !DtlsRecord.messagesAreBounded(result.buf, result.off, result.len)) {
      throw new TlsFatalAlert(AlertDescription.decode_error, "a handshake message that is too long");
    }
    return result;
  }

  @Override
  public TlsEncodeResult encodePlaintext(
      long sequence, short contentType, ProtocolVersion version, int header, byte[] bytes, int offset, int length)
      throws IOException {
    return cipher.encodePlaintext(sequence, contentType, version, header, bytes, offset, length);
  }

  @Override
  public int getCiphertextDecodeLimit(int plaintextLimit) {
    return cipher.getCiphertextDecodeLimit(plaintextLimit);
  }

  @Override
  public int getCiphertextEncodeLimit(int plaintextLimit) {
    return cipher.getCiphertextEncodeLimit(plaintextLimit);
  }

  @Override
  public int getPlaintextDecodeLimit(int ciphertextLimit) {
    return cipher.getPlaintextDecodeLimit(ciphertextLimit);
  }

  @Override
  public int getPlaintextEncodeLimit(int ciphertextLimit) {
    return cipher.getPlaintextEncodeLimit(ciphertextLimit);
  }

  @Override
  public void rekeyDecoder() throws IOException {
    cipher.rekeyDecoder();
  }

  @Override
  public void rekeyEncoder() throws IOException {
    cipher.rekeyEncoder();
  }

  @Override
  public boolean usesOpaqueRecordTypeDecode() {
    return cipher.usesOpaqueRecordTypeDecode();
  }

  @Override
  public boolean usesOpaqueRecordTypeEncode() {
    return cipher.usesOpaqueRecordTypeEncode();
  }
}
