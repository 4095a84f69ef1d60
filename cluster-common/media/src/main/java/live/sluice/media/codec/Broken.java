package live.sluice.media.codec;

import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;

/** The exceptions of this package. */
final class Broken {
  private Broken() {}

  static SluiceException because(String what, String why) {
    return new SluiceException(ErrorCode.PROTOCOL_ERROR, what + " can't be read: " + why);
  }

  static SluiceException tooLarge(String what, int bytes, int most) {
    return new SluiceException(
        ErrorCode.TOO_LARGE, what + " of " + bytes + " bytes is refused: at most " + most + " are accepted");
  }
}
