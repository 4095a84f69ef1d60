package live.sluice.rtc.srtp;

/** How packets are protected: the profiles of DTLS-SRTP that are served. */
public enum SrtpProfile {
  /** AES-GCM with a tag of 16 bytes; RFC 7714, section 14.2. What is taken where the peer offers it. */
  AEAD_AES_128_GCM(0x0007, 16, 12, 16),
  /** AES in counter mode with 80 bits of HMAC-SHA1; RFC 5764, section 4.1.2. */
  AES128_CM_HMAC_SHA1_80(0x0001, 16, 14, 10);

  private final int id;
  private final int keyBytes;
  private final int saltBytes;
  private final int tagBytes;

  SrtpProfile(int id, int keyBytes, int saltBytes, int tagBytes) {
    this.id = id;
    this.keyBytes = keyBytes;
    this.saltBytes = saltBytes;
    this.tagBytes = tagBytes;
  }

  /** Number of the profile in the use_srtp extension. */
  public int id() {
    return id;
  }

  /** Bytes of a master key. */
  public int keyBytes() {
    return keyBytes;
  }

  /** Bytes of a master salt. */
  public int saltBytes() {
    return saltBytes;
  }

  /** Bytes that protection adds to an RTP packet. */
  public int tagBytes() {
    return tagBytes;
  }
}
