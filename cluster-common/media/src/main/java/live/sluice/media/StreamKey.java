package live.sluice.media;

/**
 * The name of a stream: virtual host, application and stream name. What is checked here is safe in a log line, a URL
 * path, a file name and a metric label.
 *
 * @param vhost virtual host, {@link #DEFAULT_VHOST} where none was named
 * @param app application, one or several path segments
 * @param name stream name, one path segment
 */
public record StreamKey(String vhost, String app, String name) implements Comparable<StreamKey> {

  /** Stands for "no virtual host was named". */
  public static final String DEFAULT_VHOST = "__defaultVhost__";

  /** Most characters that each of the three parts may have. */
  public static final int MAX_PART_LENGTH = 128;

  /**
   * Checks the parts.
   *
   * @throws SluiceException {@link ErrorCode#STREAM_NAME_INVALID} when a part is empty, too long, or has a character
   *     outside letters, digits and {@code . _ - ~ @ + = :}, or a segment that starts with a dot
   */
  public StreamKey {
    checkSegment("vhost", vhost);
    checkPath(app);
    checkSegment("stream name", name);
  }

  /** A stream of the default virtual host. */
  public static StreamKey of(String app, String name) {
    return new StreamKey(DEFAULT_VHOST, app, name);
  }

  /**
   * Reads what {@link #path()} writes.
   *
   * @throws SluiceException {@link ErrorCode#STREAM_NAME_INVALID}
   */
  public static StreamKey parse(String path) {
    int first = path.indexOf('/');
    int last = path.lastIndexOf('/');
    if (first < 0 || first == last) {
      throw invalid("stream path", path, "it is not vhost/app/name");
    }
    return new StreamKey(path.substring(0, first), path.substring(first + 1, last), path.substring(last + 1));
  }

  /** {@code vhost/app/name}. */
  public String path() {
    return vhost + '/' + app + '/' + name;
  }

  /** {@code app/name}, with the virtual host before it unless it is the default one. */
  @Override
  public String toString() {
    return vhost.equals(DEFAULT_VHOST) ? app + '/' + name : path();
  }

  @Override
  public int compareTo(StreamKey other) {
    return path().compareTo(other.path());
  }

  private static void checkPath(String app) {
    if (app.length() > MAX_PART_LENGTH) {
      throw invalid("app", app, "it is longer than " + MAX_PART_LENGTH + " characters");
    }
    int start = 0;
    while (true) {
      int slash = app.indexOf('/', start);
      checkSegment("app", slash < 0 ? app.substring(start) : app.substring(start, slash));
      if (slash < 0) {
        return;
      }
      start = slash + 1;
    }
  }

  private static void checkSegment(String what, String value) {
    if (value.isEmpty()) {
      throw invalid(what, value, "it is empty");
    }
    if (value.length() > MAX_PART_LENGTH) {
      throw invalid(what, value, "it is longer than " + MAX_PART_LENGTH + " characters");
    }
    if (value.charAt(0) == '.') {
      throw invalid(what, value, "it starts with a dot");
    }
    for (int i = 0; i < value.length(); i++) {
      if (!allowed(value.charAt(i))) {
        throw invalid(what, value, "character " + (i + 1) + " is not a letter, a digit or one of . _ - ~ @ + = :");
      }
    }
  }

  private static boolean allowed(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "._-~@+=:".indexOf(c) >= 0;
  }

  private static SluiceException invalid(String what, String value, String why) {
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < Math.min(value.length(), 40); i++) {
      char c = value.charAt(i);
      shown.append(c < 0x20 || c >= 0x7f ? '?' : c);
    }
    return new SluiceException(ErrorCode.STREAM_NAME_INVALID, "the " + what + " '" + shown + "' is refused: " + why);
  }
}
