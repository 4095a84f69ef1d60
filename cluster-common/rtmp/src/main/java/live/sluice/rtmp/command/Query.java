package live.sluice.rtmp.command;

import org.jspecify.annotations.Nullable;

/** The query of a URL, as {@code a=b&c=d} without a question mark. Names are looked up; values are not decoded. */
public final class Query {
  private Query() {}

  /** What stands before the first question mark. */
  public static String before(String text) {
    int at = text.indexOf('?');
    return at < 0 ? text : text.substring(0, at);
  }

  /** What stands after the first question mark, empty where there is none. */
  public static String after(String text) {
    int at = text.indexOf('?');
    return at < 0 ? "" : text.substring(at + 1);
  }

  /** Both, with an ampersand between them where it is needed. */
  public static String join(String first, String second) {
    return first.isEmpty() || second.isEmpty() ? first + second : first + '&' + second;
  }

  /** The value of the last parameter of that name; empty where it has none; null where there is no such parameter. */
  public static @Nullable String value(String query, String name) {
    String found = null;
    int at = 0;
    while (at <= query.length()) {
      int end = query.indexOf('&', at);
      if (end < 0) {
        end = query.length();
      }
      int equals = query.indexOf('=', at);
      int nameEnd = equals < 0 || equals > end ? end : equals;
      if (nameEnd - at == name.length() && query.startsWith(name, at)) {
        found = nameEnd == end ? "" : query.substring(nameEnd + 1, end);
      }
      at = end + 1;
    }
    return found;
  }
}
