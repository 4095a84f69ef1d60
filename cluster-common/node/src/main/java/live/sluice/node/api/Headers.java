package live.sluice.node.api;

import org.jspecify.annotations.Nullable;

/** The headers of a request. */
@FunctionalInterface
interface Headers {
  /** The first value of a header, whose name is without regard to case; null where it is not there. */
  @Nullable String get(String name);

  /** The same, empty where it is not there. */
  default String text(String name) {
    String value = get(name);
    return value == null ? "" : value;
  }
}
