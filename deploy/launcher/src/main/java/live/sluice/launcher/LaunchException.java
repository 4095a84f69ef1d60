package live.sluice.launcher;

import java.io.Serial;

/** Something that the user must know, in words for the user; the command ends with exit status 1 and no stack trace. */
public final class LaunchException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  /** Says what is wrong, and what to do. */
  public LaunchException(String message) {
    super(message);
  }

  /** The same, with what led to it. */
  public LaunchException(String message, Throwable cause) {
    super(message, cause);
  }
}
