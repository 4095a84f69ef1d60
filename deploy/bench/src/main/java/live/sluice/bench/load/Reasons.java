package live.sluice.bench.load;

import live.sluice.bench.scan.ScanException;
import live.sluice.media.SluiceException;

/** Why a client ended, in words that are equal for equal reasons: they are counted. */
final class Reasons {
  private Reasons() {}

  static String of(String doing, Throwable cause) {
    if (cause instanceof ScanException || cause instanceof SluiceException) {
      return doing + ": " + cause.getMessage();
    }
    String text = cause.getMessage();
    if (text == null) {
      text = cause.getClass().getSimpleName();
    }
    if (text.contains("Too many open files")) {
      text += " (see ulimit -n)";
    }
    // Netty puts the address after a colon, the system its errno before one; neither tells more.
    int address = text.indexOf(": /");
    text = address < 0 ? text : text.substring(0, address);
    return doing + ": " + text.replaceFirst("^[a-zA-Z]+\\(\\.\\.\\) failed(?: with error\\(-?\\d+\\))?: ", "");
  }
}
