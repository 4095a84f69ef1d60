package live.sluice.container.ts;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** Puts the PES packets of one track together (ISO/IEC 13818-1, section 2.4.3.6). */
final class PesReader {
  private static final int FIXED_HEADER = 9;

  private final int pid;
  private final int streamType;
  private final TsReader.Sink sink;
  private final ByteBuf pes;
  private boolean reading;
  private boolean randomAccess;
  private int counter = -1;
  private long errors;

  PesReader(int pid, int streamType, TsReader.Sink sink, ByteBufAllocator allocator) {
    this.pid = pid;
    this.streamType = streamType;
    this.sink = sink;
    this.pes = allocator.buffer(4096, TsReader.MAX_PES);
  }

  int streamType() {
    return streamType;
  }

  long errors() {
    return errors;
  }

  void packet(ByteBuf in, int from, int end, boolean begins, int packetCounter, boolean marked) {
    if (packetCounter == counter) {
      return; // a packet may be sent twice
    }
    if (counter >= 0 && packetCounter != (counter + 1 & 15)) {
      errors++;
      reading = false;
    }
    counter = packetCounter;
    if (begins) {
      finish();
      reading = true;
      randomAccess = marked;
    }
    if (!reading) {
      return;
    }
    if (end - from > pes.maxCapacity() - pes.writerIndex()) {
      errors++;
      reset();
      return;
    }
    pes.writeBytes(in, from, end - from);
    int length = pes.readableBytes() < 6 ? 0 : pes.getUnsignedShort(4);
    if (length > 0 && pes.readableBytes() >= 6 + length) {
      pes.writerIndex(6 + length);
      finish();
    }
  }

  /** The packet at hand is complete, or what there is of it is given as it is. */
  void finish() {
    if (reading && pes.isReadable()) {
      give();
    }
    reset();
  }

  private void reset() {
    pes.clear();
    reading = false;
  }

  private void give() {
    int header = pes.readableBytes() < FIXED_HEADER ? Integer.MAX_VALUE : FIXED_HEADER + pes.getUnsignedByte(8);
    if (header > pes.readableBytes() || pes.getUnsignedMedium(0) != 1 || (pes.getByte(6) & 0xc0) != 0x80) {
      errors++;
      return;
    }
    int stamps = pes.getUnsignedByte(7) >> 6;
    int need = stamps == 3 ? 10 : stamps == 2 ? 5 : -1;
    if (need < 0 || pes.getUnsignedByte(8) < need) {
      errors++; // without a time it is of no use
      return;
    }
    long pts = stamp(FIXED_HEADER);
    long dts = stamps == 3 ? stamp(FIXED_HEADER + 5) : pts;
    pes.readerIndex(header);
    sink.onUnit(pid, streamType, pts, dts, randomAccess, pes);
  }

  private long stamp(int at) {
    return (long) (pes.getByte(at) >> 1 & 7) << 30
        | (long) (pes.getUnsignedShort(at + 1) >> 1) << 15
        | pes.getUnsignedShort(at + 3) >> 1;
  }

  void close() {
    pes.release();
  }
}
