package live.sluice.rtc.stun;

/** Numbers of the attributes that are read or written; RFC 8489, section 18.3, and RFC 8445, section 16.1. */
final class StunAttribute {
  static final int MAPPED_ADDRESS = 0x0001;
  static final int USERNAME = 0x0006;
  static final int MESSAGE_INTEGRITY = 0x0008;
  static final int ERROR_CODE = 0x0009;
  static final int UNKNOWN_ATTRIBUTES = 0x000a;
  static final int REALM = 0x0014;
  static final int NONCE = 0x0015;
  static final int MESSAGE_INTEGRITY_SHA256 = 0x001c;
  static final int XOR_MAPPED_ADDRESS = 0x0020;
  static final int PRIORITY = 0x0024;
  static final int USE_CANDIDATE = 0x0025;
  static final int FINGERPRINT = 0x8028;
  static final int ICE_CONTROLLED = 0x8029;
  static final int ICE_CONTROLLING = 0x802a;

  /** Attributes below it must be understood by who is asked; those from it on may be skipped. */
  static final int FIRST_OPTIONAL = 0x8000;

  /** Bytes of an attribute's type and length. */
  static final int HEADER_BYTES = 4;

  private StunAttribute() {}

  /** Whether a request may be answered that has this attribute, though it says that it must be understood. */
  static boolean understood(int type) {
    return switch (type) {
      case MAPPED_ADDRESS,
          USERNAME,
          MESSAGE_INTEGRITY,
          ERROR_CODE,
          UNKNOWN_ATTRIBUTES,
          REALM,
          NONCE,
          MESSAGE_INTEGRITY_SHA256,
          XOR_MAPPED_ADDRESS,
          PRIORITY,
          USE_CANDIDATE ->
          true;
      default -> type >= FIRST_OPTIONAL;
    };
  }

  /** Bytes of a value with the padding that follows it: attributes begin at multiples of 4. */
  static int padded(int length) {
    return (length + 3) & ~3;
  }
}
