package live.sluice.rtc.srtp;

/**
 * Encrypts and authenticates single packets under one direction's session keys. All is in arrays: the JDK's ciphers are
 * fastest from one array to another, and slower in place or on direct buffers. Source and target must not be the same
 * array, since the JDK then copies the whole of it, which may be a pool's chunk of megabytes. Not safe for use by two
 * threads at once.
 */
abstract class PacketCipher {
  /** The IV of the packet at hand. */
  final byte[] iv;

  private final byte[] salt;
  private final int ssrcAt;

  /**
   * Makes a cipher.
   *
   * @param salt the session salt
   * @param ivBytes bytes of an IV; what the salt leaves is zero
   * @param ssrcAt where the SSRC is mixed into it, and the index behind it
   */
  PacketCipher(byte[] salt, int ivBytes, int ssrcAt) {
    this.salt = salt;
    this.ssrcAt = ssrcAt;
    this.iv = new byte[ivBytes];
  }

  /** The cipher of RTP packets. */
  static PacketCipher ofRtp(SrtpProfile profile, SessionKeys keys) {
    return of(profile, keys, false);
  }

  /** The cipher of RTCP packets. */
  static PacketCipher ofRtcp(SrtpProfile profile, SessionKeys keys) {
    return of(profile, keys, true);
  }

  private static PacketCipher of(SrtpProfile profile, SessionKeys keys, boolean rtcp) {
    return switch (profile) {
      case AEAD_AES_128_GCM -> new GcmCipher(keys, rtcp);
      case AES128_CM_HMAC_SHA1_80 -> new CounterCipher(keys);
    };
  }

  /**
   * Encrypts a packet.
   *
   * @param ssrc its source
   * @param index its index of 48 bits, or SRTCP's of 31
   * @param word what is authenticated beside it: the roll-over counter of RTP, E and the index of RTCP
   * @param clear holds what stays readable, from 0
   * @param clearLength bytes of it
   * @param source what is encrypted
   * @param target where the result goes, {@code length} bytes, from {@code targetAt}
   * @param tagAt where its tag goes; with GCM always right behind the result
   */
  abstract void seal(
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
      int tagAt);

  /**
   * Decrypts a packet into {@code target}, from 0.
   *
   * @param packet all of it, from 0: what is readable, what is encrypted
   * @param clearLength bytes that are readable
   * @param length bytes that are encrypted, behind them
   * @param tagAt where the tag is; with GCM always right behind these
   * @return whether its tag is right; if not, the target holds nothing of use
   */
  abstract boolean open(
      int ssrc, long index, int word, byte[] packet, int clearLength, int length, int tagAt, byte[] target);

  /** RFC 3711, section 4.1.1, and RFC 7714, sections 8.1 and 9.1: the salt, SSRC and index XORed into it. */
  final void mixIv(int ssrc, long index) {
    System.arraycopy(salt, 0, iv, 0, salt.length);
    for (int at = salt.length; at < iv.length; at++) {
      iv[at] = 0;
    }
    for (int i = 0; i < 4; i++) {
      iv[ssrcAt + i] ^= (byte) (ssrc >>> (24 - 8 * i));
    }
    for (int i = 0; i < 6; i++) {
      iv[ssrcAt + 4 + i] ^= (byte) (index >>> (40 - 8 * i));
    }
  }

  /** Writes a number of 32 bits, big-endian. */
  static void writeInt(byte[] target, int at, int value) {
    target[at] = (byte) (value >>> 24);
    target[at + 1] = (byte) (value >>> 16);
    target[at + 2] = (byte) (value >>> 8);
    target[at + 3] = (byte) value;
  }

  /** Reads a number of 32 bits, big-endian. */
  static int readInt(byte[] source, int at) {
    return ((source[at] & 0xff) << 24)
        | ((source[at + 1] & 0xff) << 16)
        | ((source[at + 2] & 0xff) << 8)
        | (source[at + 3] & 0xff);
  }
}
