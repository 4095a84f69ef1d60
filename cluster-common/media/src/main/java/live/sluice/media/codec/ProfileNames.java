package live.sluice.media.codec;

/** The standards' names of profiles and levels. */
final class ProfileNames {
  private static final int CONSTRAINT_SET_1 = 0x40;
  private static final int CONSTRAINT_SET_3 = 0x10;

  private ProfileNames() {}

  /** H.264, annex A.2. */
  static String avc(int profile, int constraints) {
    return switch (profile) {
      case 66 -> (constraints & CONSTRAINT_SET_1) != 0 ? "Constrained Baseline" : "Baseline";
      case 77 -> "Main";
      case 88 -> "Extended";
      case 100 -> "High";
      case 110 -> "High 10";
      case 122 -> "High 4:2:2";
      case 244 -> "High 4:4:4 Predictive";
      case 44 -> "CAVLC 4:4:4 Intra";
      default -> Integer.toString(profile);
    };
  }

  /** H.264, annex A.3; level 1b is written in two ways. */
  static String avcLevel(int profile, int constraints, int level) {
    boolean old = profile == 66 || profile == 77 || profile == 88;
    if (level == 9 || (level == 11 && old && (constraints & CONSTRAINT_SET_3) != 0)) {
      return "1b";
    }
    return decimal(level / 10, level % 10);
  }

  /** H.265, annex A.3. */
  static String hevc(int profile) {
    return switch (profile) {
      case 1 -> "Main";
      case 2 -> "Main 10";
      case 3 -> "Main Still Picture";
      case 4 -> "RExt";
      case 5 -> "High Throughput";
      case 9 -> "SCC";
      default -> Integer.toString(profile);
    };
  }

  /** H.265, annex A.4: general_level_idc is thirty times the level. */
  static String hevcLevel(int level) {
    return decimal(level / 30, level % 30 / 3);
  }

  /** AV1, annex A.2. */
  static String av1(int profile) {
    return switch (profile) {
      case 0 -> "Main";
      case 1 -> "High";
      case 2 -> "Professional";
      default -> Integer.toString(profile);
    };
  }

  /** AV1, annex A.3: four indices for each major level, from 2.0 on. */
  static String av1Level(int index) {
    return index == 31 ? "max" : 2 + (index >> 2) + "." + (index & 3);
  }

  static String vpLevel(int level) {
    return level == 0 ? "" : decimal(level / 10, level % 10);
  }

  static String aac(AacConfig config) {
    if (config.ps()) {
      return "HEv2";
    }
    if (config.sbr()) {
      return "HE";
    }
    return switch (config.objectType()) {
      case 1 -> "Main";
      case 2 -> "LC";
      case 3 -> "SSR";
      case 4 -> "LTP";
      case 23 -> "LD";
      case 39 -> "ELD";
      case 42 -> "USAC";
      default -> Integer.toString(config.objectType());
    };
  }

  private static String decimal(int major, int minor) {
    return minor == 0 ? Integer.toString(major) : major + "." + minor;
  }
}
