package live.sluice.rtc.sdp;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The parameters of a codec's format, {@code name=value;name=value}; RFC 8866, section 6.15. Names are compared without
 * regard to case.
 */
public final class FormatParameters {
  private final Map<String, String> values = new LinkedHashMap<>();

  private FormatParameters() {}

  /** Reads them; what has no equals sign is a name with an empty value. Of two of one name the first is taken. */
  public static FormatParameters parse(String text) {
    FormatParameters parameters = new FormatParameters();
    for (String part : text.split(";", -1)) {
      int equals = part.indexOf('=');
      String name = (equals < 0 ? part : part.substring(0, equals)).strip().toLowerCase(Locale.ROOT);
      if (!name.isEmpty()) {
        parameters.values.putIfAbsent(name, equals < 0 ? "" : part.substring(equals + 1).strip());
      }
    }
    return parameters;
  }

  /** The value of a parameter, or {@code otherwise} where it is not there. The name is in lower case. */
  public String get(String name, String otherwise) {
    return values.getOrDefault(name, otherwise);
  }

  /** Whether it is there with that value. */
  public boolean is(String name, String value) {
    return value.equals(values.get(name));
  }

  /** Puts a parameter, or another value for it. */
  FormatParameters with(String name, String value) {
    values.put(name, value);
    return this;
  }

  /** Takes those away whose name begins so. */
  FormatParameters without(String prefix) {
    values.keySet().removeIf(name -> name.startsWith(prefix));
    return this;
  }

  /** As they are written; empty if there are none. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, String> entry : values.entrySet()) {
      text.append(text.isEmpty() ? "" : ";").append(entry.getKey());
      text.append(entry.getValue().isEmpty() ? "" : "=" + entry.getValue());
    }
    return text.toString();
  }
}
