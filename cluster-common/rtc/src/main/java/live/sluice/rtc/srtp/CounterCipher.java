package live.sluice.rtc.srtp;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES_CM_128_HMAC_SHA1_80: AES in counter mode, RFC 3711, section 4.1.1, and HMAC-SHA1 over the result, 4.2.1. */
final class CounterCipher extends PacketCipher {
  private static final int TAG_BYTES = 10;
  private static final int MAC_BYTES = 20;

  private final Cipher cipher;
  private final SecretKey key;
  private final Mac mac;
  private final byte[] digest = new byte[MAC_BYTES];
  private final byte[] wordBytes = new byte[4];

  CounterCipher(SessionKeys keys) {
    super(keys.salt(), 16, 4);
    key = new SecretKeySpec(keys.cipherKey(), "AES");
    try {
      cipher = Cipher.getInstance("AES/CTR/NoPadding");
      mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(keys.authKey(), "HmacSHA1"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES in counter mode and HMAC-SHA1, which every JDK has", e);
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
    try {
      crypt(Cipher.ENCRYPT_MODE, ssrc, index, source, sourceAt, length, target, targetAt);
      mac.update(clear, 0, clearLength);
      mac.update(target, targetAt, length);
      finish(word);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a packet of " + length + " bytes can't be encrypted", e);
    }
    System.arraycopy(digest, 0, target, tagAt, TAG_BYTES);
  }

  @Override
  boolean open(int ssrc, long index, int word, byte[] packet, int clearLength, int length, int tagAt, byte[] target) {
    try {
      mac.update(packet, 0, clearLength + length);
      finish(word);
      int difference = 0;
      for (int i = 0; i < TAG_BYTES; i++) {
        difference |= digest[i] ^ packet[tagAt + i];
      }
      if (difference != 0) {
        return false;
      }
      crypt(Cipher.DECRYPT_MODE, ssrc, index, packet, clearLength, length, target, 0);
      return true;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a packet of " + length + " bytes can't be decrypted", e);
    }
  }

  private void crypt(
      int mode, int ssrc, long index, byte[] source, int sourceAt, int length, byte[] target, int targetAt)
      throws GeneralSecurityException {
    mixIv(ssrc, index);
    cipher.init(mode, key, new IvParameterSpec(iv));
    cipher.doFinal(source, sourceAt, length, target, targetAt);
  }

  private void finish(int word) throws GeneralSecurityException {
    writeInt(wordBytes, 0, word);
    mac.update(wordBytes, 0, wordBytes.length);
    mac.doFinal(digest, 0);
  }
}
