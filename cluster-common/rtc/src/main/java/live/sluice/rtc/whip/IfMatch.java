package live.sluice.rtc.whip;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The entity tags that a client takes for the present one (RFC 9110, section 13.1.1).
 *
 * @param any whether it is {@code *}
 * @param tags the tags without their quotes; empty with {@code any}
 */
public record IfMatch(boolean any, List<String> tags) {
  private static final int MAX_TAGS = 8;

  /** Keeps the list as it is now. */
  public IfMatch {
    tags = List.copyOf(tags);
  }

  /**
   * Reads the header. Weak tags never match and are left out; a tag without quotes, which some clients send, is taken.
   *
   * @param header its value; null where there is none
   * @return null where there is none
   */
  public static @Nullable IfMatch parse(@Nullable String header) {
    if (header == null || header.isBlank()) {
      return null;
    }
    if (header.strip().equals("*")) {
      return new IfMatch(true, List.of());
    }
    List<String> tags = new ArrayList<>();
    for (String item : header.split(",", MAX_TAGS + 1)) {
      String tag = item.strip();
      boolean quoted = tag.length() >= 2 && tag.startsWith("\"") && tag.endsWith("\"");
      if (!tag.startsWith("W/") && !tag.isEmpty() && tags.size() < MAX_TAGS) {
        tags.add(quoted ? tag.substring(1, tag.length() - 1) : tag);
      }
    }
    return new IfMatch(false, tags);
  }

  /** Whether {@code etag}, without quotes, is among them. */
  public boolean matches(String etag) {
    return any || tags.contains(etag);
  }
}
