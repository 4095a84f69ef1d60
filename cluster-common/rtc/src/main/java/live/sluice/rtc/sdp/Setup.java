package live.sluice.rtc.sdp;

/** Which side begins the DTLS handshake, as the one says that writes it; RFC 8842, section 5. */
public enum Setup {
  /** Either. */
  ACTPASS("actpass"),
  /** The writer begins. */
  ACTIVE("active"),
  /** The other side begins. */
  PASSIVE("passive");

  private final String value;

  Setup(String value) {
    this.value = value;
  }

  /** As an attribute has it. */
  String value() {
    return value;
  }

  /** What is answered: who listens has less to do, so it is us where we may choose. */
  Setup answer() {
    return this == PASSIVE ? ACTIVE : PASSIVE;
  }

  static Setup of(SdpAttribute attribute) {
    for (Setup setup : values()) {
      if (setup.value.equals(attribute.value())) {
        return setup;
      }
    }
    throw Refusal.invalid(attribute.line(), "no setup that is known: " + Refusal.quote(attribute.value()));
  }
}
