package live.sluice.launcher;

import java.io.Serial;

/** Something that the user must know, in words for the user; the command ends with exit status 1 and no stack trace. */
final class LaunchException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  LaunchException(String message) {
    super(message);
  }

  LaunchException(String message, Throwable cause) {
    super(message, cause);
  }
}
