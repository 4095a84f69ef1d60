package live.sluice.rtc.sdp;

import org.jspecify.annotations.Nullable;

/**
 * A profile and level of H.264, as {@code profile-level-id} has them: three bytes, of which the second one's bits
 * narrow the profile down. RFC 6184, section 8.1.
 *
 * @param kind the profile
 * @param level ten times the level's number
 */
record H264Profile(Kind kind, int level) {
  /** Profiles, from the one that all can decode. */
  enum Kind {
    CONSTRAINED_BASELINE,
    BASELINE,
    MAIN,
    CONSTRAINED_HIGH,
    HIGH,
    OTHER
  }

  // What is meant where nothing is said.
  private static final H264Profile DEFAULT = new H264Profile(Kind.BASELINE, 10);

  /** The profile of a codec's parameters. What can't be read is as if it was not there: ffmpeg writes 7 digits. */
  static H264Profile of(FormatParameters parameters) {
    H264Profile profile = parse(parameters.get("profile-level-id", ""));
    return profile == null ? DEFAULT : profile;
  }

  private static @Nullable H264Profile parse(String text) {
    if (text.length() != 6) {
      return null;
    }
    int value = 0;
    for (int i = 0; i < 6; i++) {
      int digit = Character.digit(text.charAt(i), 16);
      if (digit < 0) {
        return null;
      }
      value = (value << 4) | digit;
    }
    int idc = value >>> 16;
    int constraints = (value >>> 8) & 0xff;
    return new H264Profile(kind(idc, constraints), value & 0xff);
  }

  /** RFC 6184, table 5. */
  private static Kind kind(int idc, int constraints) {
    return switch (idc) {
      case 0x42 -> (constraints & 0x40) != 0 ? Kind.CONSTRAINED_BASELINE : Kind.BASELINE;
      case 0x4d -> (constraints & 0x80) != 0 ? Kind.CONSTRAINED_BASELINE : Kind.MAIN;
      case 0x58 -> (constraints & 0xc0) == 0xc0 ? Kind.CONSTRAINED_BASELINE : Kind.OTHER;
      case 0x64 -> (constraints & 0x0c) == 0x0c ? Kind.CONSTRAINED_HIGH : Kind.HIGH;
      default -> Kind.OTHER;
    };
  }

  /** Whether a decoder of this profile decodes the other one. */
  boolean decodes(Kind other) {
    if (kind == other || other == Kind.CONSTRAINED_BASELINE) {
      return true;
    }
    return switch (kind) {
      case CONSTRAINED_HIGH, HIGH -> other == Kind.MAIN || other == Kind.CONSTRAINED_HIGH;
      case CONSTRAINED_BASELINE, BASELINE, MAIN, OTHER -> false;
    };
  }
}
