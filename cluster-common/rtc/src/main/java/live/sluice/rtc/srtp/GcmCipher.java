package live.sluice.rtc.srtp;

import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AEAD_AES_128_GCM: RFC 7714, section 8 for RTP, section 9 for RTCP. */
final class GcmCipher extends PacketCipher {
  private static final int TAG_BITS = 128;
  private static final int TAG_BYTES = TAG_BITS / 8;

  private final Cipher cipher;
  private final SecretKey key;
  private final boolean rtcp;
  private final byte[] wordBytes = new byte[4];
  private int lastSsrc;
  private long lastIndex = -1;

  GcmCipher(SessionKeys keys, boolean rtcp) {
    super(keys.salt(), 12, 2);
    this.rtcp = rtcp;
    key = new SecretKeySpec(keys.cipherKey(), "AES");
    try {
      cipher = Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM, which every JDK has", e);
    }
  }

  @Override
  void seal(
      int ssrc,
      long index,
      int word,
      byte[] clear,
      int clearLength,
      byte[] source,
      int sourceAt,
      int length,
      byte[] target,
      int targetAt,
      int tagAt) {
    mixIv(ssrc, index);
    try {
      if (index == lastIndex && ssrc == lastSsrc) {
        // The same packet once more: the JDK refuses the IV that it saw last. It forgets it over another one, under
        // which nothing is encrypted.
        iv[0] ^= (byte) 0x80;
        init(Cipher.ENCRYPT_MODE);
        iv[0] ^= (byte) 0x80;
      }
      lastSsrc = ssrc;
      lastIndex = index;
      init(Cipher.ENCRYPT_MODE);
      authenticate(clear, clearLength, word);
      cipher.doFinal(source, sourceAt, length, target, targetAt);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a packet of " + length + " bytes can't be encrypted", e);
    }
  }

  @Override
  boolean open(int ssrc, long index, int word, byte[] packet, int clearLength, int length, int tagAt, byte[] target) {
    mixIv(ssrc, index);
    try {
      init(Cipher.DECRYPT_MODE);
      authenticate(packet, clearLength, word);
      cipher.doFinal(packet, clearLength, length + TAG_BYTES, target, 0);
      return true;
    } catch (AEADBadTagException e) {
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a packet of " + length + " bytes can't be decrypted", e);
    }
  }

  private void init(int mode) throws GeneralSecurityException {
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, iv));
  }

  private void authenticate(byte[] clear, int clearLength, int word) {
    cipher.updateAAD(clear, 0, clearLength);
    if (rtcp) {
      writeInt(wordBytes, 0, word);
      cipher.updateAAD(wordBytes);
    }
  }
}
