package live.sluice.bench.scan;

import java.io.Serial;

/** What came breaks its format; the connection can only be closed. */
public final class ScanException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  /** What is wrong, in few words: equal failures of many clients are counted together. */
  public ScanException(String message) {
    super(message, null, false, false);
  }
}
