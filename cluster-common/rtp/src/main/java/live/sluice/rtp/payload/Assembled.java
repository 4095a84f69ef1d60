package live.sluice.rtp.payload;

import io.netty.buffer.ByteBuf;

/** What the packets of one picture are together. */
sealed interface Assembled {
  /**
   * An access unit.
   *
   * @param payload owned by who is given it
   * @param keyframe whether decoding can begin here
   * @param config the configuration record: the same array for as long as it is the same record
   */
  record Unit(ByteBuf payload, boolean keyframe, byte[] config) implements Assembled {}

  /** No picture: parameter sets alone, delimiters, padding. */
  record Nothing() implements Assembled {
    static final Nothing IT = new Nothing();
  }

  /** Something can't be read, or is missing. */
  record Broken() implements Assembled {
    static final Broken IT = new Broken();
  }
}
