package live.sluice.rtc.sdp;

import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;

/** Why a description is not taken. What it quotes of the peer's text is cut: it goes to logs and answers. */
final class Refusal {
  private static final int MOST_QUOTED = 120;

  private Refusal() {}

  /** A line that breaks the format, or contradicts another. */
  static SluiceException invalid(int line, String what) {
    return new SluiceException(ErrorCode.SDP_INVALID, "SDP line " + line + ": " + what);
  }

  /** A description that breaks the format as a whole. */
  static SluiceException invalid(String what) {
    return new SluiceException(ErrorCode.SDP_INVALID, "SDP: " + what);
  }

  /** A section that is well formed and can't be served. */
  static SluiceException unsupported(MediaSection section, String what) {
    return new SluiceException(ErrorCode.SDP_UNSUPPORTED, section.title() + " " + what);
  }

  /** What the peer wrote, short enough to be shown. */
  static String quote(String text) {
    return '\'' + (text.length() > MOST_QUOTED ? text.substring(0, MOST_QUOTED) + "…" : text) + '\'';
  }
}
