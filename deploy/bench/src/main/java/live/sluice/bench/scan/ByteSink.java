package live.sluice.bench.scan;

import io.netty.buffer.ByteBuf;

/** Takes a stream of bytes, piece by piece. */
@FunctionalInterface
public interface ByteSink {
  /**
   * The next piece: what lies between two absolute indices of {@code in}, which is borrowed for the time of the call.
   *
   * @throws ScanException when the bytes break the format
   */
  void bytes(ByteBuf in, int from, int to);
}
