package live.sluice.rtc.sdp;

import org.jspecify.annotations.Nullable;

/** Which way a section's media goes, as the side says that writes it; RFC 8866, section 6.7. */
public enum Direction {
  /** Both ways; what is meant where nothing is said. */
  SENDRECV("sendrecv"),
  /** From the writer. */
  SENDONLY("sendonly"),
  /** To the writer. */
  RECVONLY("recvonly"),
  /** Neither. */
  INACTIVE("inactive");

  private final String attribute;

  Direction(String attribute) {
    this.attribute = attribute;
  }

  /** Whether the writer sends. */
  public boolean sends() {
    return this == SENDRECV || this == SENDONLY;
  }

  /** Whether the writer receives. */
  public boolean receives() {
    return this == SENDRECV || this == RECVONLY;
  }

  /** Its name as an attribute. */
  String attribute() {
    return attribute;
  }

  static @Nullable Direction of(String name) {
    return switch (name) {
      case "sendrecv" -> SENDRECV;
      case "sendonly" -> SENDONLY;
      case "recvonly" -> RECVONLY;
      case "inactive" -> INACTIVE;
      default -> null;
    };
  }
}
