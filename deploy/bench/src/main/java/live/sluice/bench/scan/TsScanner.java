package live.sluice.bench.scan;

import io.netty.buffer.ByteBuf;
import java.util.function.LongConsumer;

/**
 * Scans an MPEG transport stream (ISO/IEC 13818-1, section 2.4.3): a sync byte each 188 bytes, and publishers' clocks in
 * packets that begin a PES packet.
 */
public final class TsScanner implements ByteSink {
  private static final int PACKET = 188;
  private static final int SYNC = 0x47;
  private static final int UNIT_START = 0x40;

  private final LongConsumer clocks;
  private final byte[] packet = new byte[PACKET];
  private int have;

  /** A scanner at the start of a segment; {@code clocks} takes ns since 1970. */
  public TsScanner(LongConsumer clocks) {
    this.clocks = clocks;
  }

  @Override
  public void bytes(ByteBuf in, int from, int to) {
    int at = from;
    while (at < to) {
      if (have == 0 && to - at >= PACKET && (in.getByte(at + 1) & UNIT_START) == 0) {
        sync(in.getByte(at));
        at += PACKET;
        continue;
      }
      int bytes = Math.min(PACKET - have, to - at);
      in.getBytes(at, packet, have, bytes);
      have += bytes;
      at += bytes;
      if (have == PACKET) {
        have = 0;
        complete();
      }
    }
  }

  private void complete() {
    sync(packet[0]);
    if ((packet[1] & UNIT_START) != 0) {
      long sent = SenderClock.find(packet, PACKET);
      if (sent >= 0) {
        clocks.accept(sent);
      }
    }
  }

  /** The segment is over. */
  public void end() {
    if (have != 0) {
      throw new ScanException("MPEG-TS: a segment ends within a packet");
    }
  }

  private static void sync(byte first) {
    if (first != SYNC) {
      throw new ScanException("MPEG-TS: a packet does not begin with its sync byte");
    }
  }
}
