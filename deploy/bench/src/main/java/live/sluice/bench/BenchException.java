package live.sluice.bench;

import java.io.Serial;

/** Something that the user must know, in words for the user; the command ends with exit status 1 and no stack trace. */
public final class BenchException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  /** What could not be done, and what to do about it. */
  public BenchException(String message) {
    super(message);
  }

  /** The same, with what lies under it. */
  public BenchException(String message, Throwable cause) {
    super(message, cause);
  }
}
