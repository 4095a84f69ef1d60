package live.sluice.rtc.dtls;

/** Who begins a handshake; RFC 8842, section 5: {@code a=setup}. */
public enum DtlsRole {
  /** We wait for the peer to begin: {@code setup:passive} is ours. */
  SERVER,
  /** We begin: {@code setup:active} is ours. */
  CLIENT
}
