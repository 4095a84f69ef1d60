package live.sluice.media;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** A failure with a stable code. The message says what was being done, to what, and what to do about it. */
public class SluiceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;

  /** A failure of which we are the first to know. */
  public SluiceException(ErrorCode code, String message) {
    this(code, message, null);
  }

  /** A failure that another one caused. */
  public SluiceException(ErrorCode code, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /** The stable code. */
  public ErrorCode code() {
    return code;
  }

  /** The code that {@code failure} or one of its causes carries, else {@link ErrorCode#INTERNAL}. */
  public static ErrorCode codeOf(@Nullable Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof SluiceException e) {
        return e.code();
      }
    }
    return ErrorCode.INTERNAL;
  }

  /** The messages of {@code failure} and its causes in one line. */
  public static String chainOf(Throwable failure) {
    StringBuilder line = new StringBuilder();
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t.getCause() != null && (t instanceof CompletionException || t instanceof ExecutionException)) {
        // These only wrap, and their message is the name of a class.
        continue;
      }
      String message = t.getMessage() == null ? t.getClass().getSimpleName() : t.getMessage();
      if (line.indexOf(message) < 0) {
        line.append(line.isEmpty() ? "" : ": ").append(message);
      }
    }
    return line.toString();
  }
}
