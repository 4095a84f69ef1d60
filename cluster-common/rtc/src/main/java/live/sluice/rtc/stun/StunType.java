package live.sluice.rtc.stun;

import org.jspecify.annotations.Nullable;

/** Class of a message of the method Binding, the one that ICE has; RFC 8489, section 5. */
public enum StunType {
  /** Wants an answer. */
  REQUEST(0x0001),
  /** Wants none: a keepalive. */
  INDICATION(0x0011),
  /** Answer that tells the address which the request came from. */
  SUCCESS(0x0101),
  /** Answer that tells why there is no other one. */
  ERROR(0x0111);

  private final int bits;

  StunType(int bits) {
    this.bits = bits;
  }

  /** The first 16 bits of such a message. */
  int bits() {
    return bits;
  }

  static @Nullable StunType of(int bits) {
    return switch (bits) {
      case 0x0001 -> REQUEST;
      case 0x0011 -> INDICATION;
      case 0x0101 -> SUCCESS;
      case 0x0111 -> ERROR;
      default -> null;
    };
  }
}
