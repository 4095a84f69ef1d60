package live.sluice.bench.scan;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The head of an HTTP response.
 *
 * @param status such as 200
 * @param fields by name in lower case; of several of a name the last
 */
public record HttpHead(int status, Map<String, String> fields) {

  /** Reads the text of a head, without the empty line that ends it. */
  static HttpHead parse(String text) {
    String[] lines = text.split("\r\n", -1);
    String[] first = lines[0].split(" ", 3);
    if (first.length < 2 || !first[0].startsWith("HTTP/1.") || !first[1].matches("\\d{3}")) {
      throw new ScanException("not HTTP: the answer does not begin with HTTP/1");
    }
    Map<String, String> fields = new TreeMap<>();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      if (colon < 1) {
        throw new ScanException("HTTP: a header line without a colon");
      }
      fields.put(lines[i].substring(0, colon).toLowerCase(Locale.ROOT), lines[i].substring(colon + 1).strip());
    }
    return new HttpHead(Integer.parseInt(first[1]), fields);
  }

  /** A field's value, null where there is none. */
  public @Nullable String field(String name) {
    return fields.get(name);
  }

  boolean chunked() {
    String coding = fields.get("transfer-encoding");
    return coding != null && coding.toLowerCase(Locale.ROOT).contains("chunked");
  }

  /** Length of the body; -1: up to the end of the connection. */
  long length() {
    if (status == 204 || status == 304) {
      return 0;
    }
    String length = fields.get("content-length");
    if (status == 101 || length == null) {
      return -1;
    }
    try {
      return Long.parseUnsignedLong(length);
    } catch (NumberFormatException e) {
      throw new ScanException("HTTP: Content-Length is no number");
    }
  }

  /** Whether the connection ends with this answer. */
  public boolean closes() {
    String connection = fields.get("connection");
    return (connection != null && connection.equalsIgnoreCase("close")) || (!chunked() && length() < 0);
  }
}
