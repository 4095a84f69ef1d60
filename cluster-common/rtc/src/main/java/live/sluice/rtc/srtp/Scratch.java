package live.sluice.rtc.srtp;

/** A thread's arrays between buffers and ciphers. What stands in them is good until the next packet. */
final class Scratch {
  /** No packet is larger; nor can a datagram be. */
  static final int MAX_PACKET = 65_535;

  private static final ThreadLocal<Scratch> LOCAL = ThreadLocal.withInitial(Scratch::new);

  private byte[] head = new byte[128];
  private byte[] source = new byte[2048];
  private byte[] target = new byte[2048];

  private Scratch() {}

  /** The arrays of this thread. */
  static Scratch local() {
    return LOCAL.get();
  }

  /** For what is not encrypted. */
  byte[] head(int bytes) {
    if (bytes > head.length) {
      head = new byte[bytes];
    }
    return head;
  }

  /** For what goes into a cipher. */
  byte[] source(int bytes) {
    if (bytes > source.length) {
      source = new byte[bytes];
    }
    return source;
  }

  /** For what comes out of one. */
  byte[] target(int bytes) {
    if (bytes > target.length) {
      target = new byte[bytes];
    }
    return target;
  }
}
