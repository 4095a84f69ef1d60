package live.sluice.rtc.sdp;

import java.util.EnumMap;
import java.util.Set;
import live.sluice.rtp.wire.HeaderExtension;

/** By which numbers a track's packets carry header extensions; RFC 8285, section 5. */
public final class ExtensionIds {
  /** What stands for an extension that is not carried. */
  public static final int ABSENT = 0;

  /** None are carried. */
  public static final ExtensionIds NONE = new ExtensionIds(new EnumMap<>(HeaderExtension.class));

  private static final int MOST = 255;
  // Reserved in headers of one byte; RFC 8285, section 4.2.
  private static final int RESERVED = 15;

  private final EnumMap<HeaderExtension, Integer> ids;

  private ExtensionIds(EnumMap<HeaderExtension, Integer> ids) {
    this.ids = ids;
  }

  /** Reads those that are known; one that is inactive is left out. */
  static ExtensionIds of(MediaSection section) {
    EnumMap<HeaderExtension, Integer> ids = new EnumMap<>(HeaderExtension.class);
    boolean[] used = new boolean[MOST + 1];
    for (SdpAttribute attribute : section.all("extmap")) {
      String[] words = attribute.value().split(" +", 3);
      int slash = words[0].indexOf('/');
      String number = slash < 0 ? words[0] : words[0].substring(0, slash);
      // Up to 4351 they may stand in an offer that is to be narrowed down; nobody sends by those.
      int id = Numbers.require(number, 4351, attribute.line(), "extension number");
      if (words.length < 2 || id == 0) {
        throw Refusal.invalid(attribute.line(), "no extmap: " + Refusal.quote(attribute.value()));
      }
      HeaderExtension extension = HeaderExtension.of(words[1]);
      if (id > MOST) {
        continue;
      }
      if (used[id]) {
        throw Refusal.invalid(attribute.line(), "a second extension of number " + id);
      }
      used[id] = true;
      boolean inactive = slash >= 0 && words[0].substring(slash + 1).equals("inactive");
      if (extension != null && id != RESERVED && !inactive) {
        ids.putIfAbsent(extension, id);
      }
    }
    return new ExtensionIds(ids);
  }

  /** Those of the given ones. */
  ExtensionIds only(Set<HeaderExtension> wanted) {
    EnumMap<HeaderExtension, Integer> left = new EnumMap<>(ids);
    left.keySet().retainAll(wanted);
    return new ExtensionIds(left);
  }

  /** Those that are not among the given ones. */
  ExtensionIds without(Set<HeaderExtension> unwanted) {
    EnumMap<HeaderExtension, Integer> left = new EnumMap<>(ids);
    left.keySet().removeAll(unwanted);
    return new ExtensionIds(left);
  }

  /** The number of an extension, 1 to 255 without 15; {@link #ABSENT} if it is not carried. */
  public int id(HeaderExtension extension) {
    return ids.getOrDefault(extension, ABSENT);
  }

  /** Whether it is carried. */
  public boolean has(HeaderExtension extension) {
    return ids.containsKey(extension);
  }

  Set<HeaderExtension> all() {
    return ids.keySet();
  }

  @Override
  public String toString() {
    return ids.toString();
  }
}
