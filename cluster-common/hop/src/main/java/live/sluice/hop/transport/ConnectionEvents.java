package live.sluice.hop.transport;

/** Told what a connection brings, on threads of the transport that must not be kept waiting but where it says so. */
public interface ConnectionEvents {
  /** A datagram, which is the callee's. */
  void datagram(byte[] data);

  /** A message of control, which is the callee's; in order. While it does not return, the other side is slowed down. */
  void control(byte[] message);

  /** The other side opened a stream; who is told what it brings. */
  InStream stream();

  /** Nothing comes any more; told once. */
  void closed(String why);
}
