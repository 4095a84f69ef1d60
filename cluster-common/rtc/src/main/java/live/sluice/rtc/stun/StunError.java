package live.sluice.rtc.stun;

/** Reasons to refuse a request; RFC 8489, section 14.8, and RFC 8445, section 7.3.1.1. Short, so as not to amplify. */
public enum StunError {
  /** The request lacks what every request must have. */
  BAD_REQUEST(400, "Bad Request"),
  /** Its name or its integrity is not that of the credential. */
  UNAUTHENTICATED(401, "Unauthenticated"),
  /** It has attributes that must be understood, and are not. */
  UNKNOWN_ATTRIBUTE(420, "Unknown Attribute"),
  /** Both sides take themselves for the same role. */
  ROLE_CONFLICT(487, "Role Conflict");

  private final int code;
  private final String reason;

  StunError(int code, String reason) {
    this.code = code;
    this.reason = reason;
  }

  /** The code. */
  public int code() {
    return code;
  }

  /** The phrase that goes with it. */
  public String reason() {
    return reason;
  }
}
