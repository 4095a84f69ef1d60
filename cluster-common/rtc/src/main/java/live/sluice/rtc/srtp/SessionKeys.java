package live.sluice.rtc.srtp;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keys of one direction of RTP or RTCP, made of a master key and its salt once: the derivation rate is 0, as
 * everywhere. RFC 3711, section 4.3; RFC 7714, section 11, has the same for GCM.
 *
 * @param cipherKey for AES
 * @param authKey for HMAC-SHA1; empty with GCM
 * @param salt mixed into each packet's IV
 */
record SessionKeys(byte[] cipherKey, byte[] authKey, byte[] salt) {
  private static final int AUTH_KEY_BYTES = 20;
  private static final int RTP_LABELS = 0;
  private static final int RTCP_LABELS = 3;

  /** Keys of RTP packets. */
  static SessionKeys ofRtp(SrtpProfile profile, byte[] masterKey, byte[] masterSalt) {
    return derive(profile, masterKey, masterSalt, RTP_LABELS);
  }

  /** Keys of RTCP packets. */
  static SessionKeys ofRtcp(SrtpProfile profile, byte[] masterKey, byte[] masterSalt) {
    return derive(profile, masterKey, masterSalt, RTCP_LABELS);
  }

  private static SessionKeys derive(SrtpProfile profile, byte[] masterKey, byte[] masterSalt, int labels) {
    if (masterKey.length != profile.keyBytes() || masterSalt.length != profile.saltBytes()) {
      throw new IllegalArgumentException("a key of " + masterKey.length + " bytes, a salt of " + masterSalt.length);
    }
    int authBytes = profile == SrtpProfile.AES128_CM_HMAC_SHA1_80 ? AUTH_KEY_BYTES : 0;
    return new SessionKeys(
        stream(masterKey, masterSalt, labels, profile.keyBytes()),
        stream(masterKey, masterSalt, labels + 1, authBytes),
        stream(masterKey, masterSalt, labels + 2, profile.saltBytes()));
  }

  /**
   * AES in counter mode over zeros, beginning at (label · 2^48 XOR salt) · 2^16; RFC 3711, section 4.3.3. A salt of 96
   * bits stands at the left of the 112 that the function wants.
   */
  private static byte[] stream(byte[] masterKey, byte[] masterSalt, int label, int bytes) {
    byte[] iv = new byte[16];
    System.arraycopy(masterSalt, 0, iv, 0, masterSalt.length);
    iv[7] ^= (byte) label;
    try {
      Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
      cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(masterKey, "AES"), new IvParameterSpec(iv));
      return cipher.doFinal(new byte[bytes]);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES in counter mode, which every JDK has", e);
    }
  }
}
