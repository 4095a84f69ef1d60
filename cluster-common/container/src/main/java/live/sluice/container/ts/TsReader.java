package live.sluice.container.ts;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a transport stream of one program into access units and groups of audio frames, as they stand in PES packets.
 * Fed with bytes in pieces of any size. It believes nothing: what is broken is counted and passed over, and what it
 * keeps is bounded. Not thread-safe; {@link #close} releases what it holds.
 */
public final class TsReader {
  /** Most bytes of one PES packet; a longer one is dropped. */
  public static final int MAX_PES = 16 << 20;

  /** Most tracks of a program that are read. */
  static final int MAX_TRACKS = 8;

  /** Takes what was read. */
  public interface Sink {
    /**
     * One PES packet.
     *
     * @param pid its packet identifier
     * @param streamType see the constants of {@link Ts}
     * @param pts presentation time in ticks, 33 bits
     * @param dts decoding time in ticks, 33 bits
     * @param randomAccess whether decoding can begin here, as the packet says
     * @param payload borrowed
     */
    void onUnit(int pid, int streamType, long pts, long dts, boolean randomAccess, ByteBuf payload);

    /** A clock reference, in ticks of 27 MHz, less than 300 times 2 to the power of 33. */
    default void onClock(int pid, long pcr) {}

    /** A program map with another version than before. */
    default void onProgram(int version, Map<Integer, Integer> streamTypeByPid) {}
  }

  private final Sink sink;
  private final ByteBufAllocator allocator;
  private final ByteBuf partial = Unpooled.buffer(Ts.PACKET, Ts.PACKET);
  private final SectionReader patSection = new SectionReader();
  private final SectionReader pmtSection = new SectionReader();
  private final Map<Integer, PesReader> tracks = new HashMap<>();
  private int pmtPid = Ts.NULL_PID;
  private int pmtVersion = -1;
  private long packets;
  private long errors;

  /** A reader at the beginning of a stream. */
  public TsReader(Sink sink) {
    this(sink, ByteBufAllocator.DEFAULT);
  }

  /** A reader that allocates there. */
  public TsReader(Sink sink, ByteBufAllocator allocator) {
    this.sink = sink;
    this.allocator = allocator;
  }

  /** Reads all of {@code in}, whose reader index moves to the end. */
  public void read(ByteBuf in) {
    while (in.isReadable()) {
      if (partial.isReadable()) {
        partial.writeBytes(in, Math.min(in.readableBytes(), partial.writableBytes()));
        if (!partial.isWritable()) {
          packet(partial, 0);
          partial.clear();
        }
      } else if (in.getByte(in.readerIndex()) != Ts.SYNC) {
        errors++;
        resynchronize(in);
      } else if (in.readableBytes() < Ts.PACKET) {
        partial.writeBytes(in);
      } else {
        packet(in, in.readerIndex());
        in.skipBytes(Ts.PACKET);
      }
    }
  }

  /** The stream ends: gives what was not known to be complete before. */
  public void finish() {
    for (PesReader track : tracks.values()) {
      track.finish();
    }
  }

  /** Releases what is held. */
  public void close() {
    for (PesReader track : tracks.values()) {
      errors += track.errors();
      track.close();
    }
    tracks.clear();
  }

  /** Packets read. */
  public long packets() {
    return packets;
  }

  /** What was lost or broken: synchronization, continuity, headers, sections, and units that were too long. */
  public long errors() {
    long all = errors + patSection.errors() + pmtSection.errors();
    for (PesReader track : tracks.values()) {
      all += track.errors();
    }
    return all;
  }

  private static void resynchronize(ByteBuf in) {
    int skip = in.bytesBefore((byte) Ts.SYNC);
    in.skipBytes(skip < 0 ? in.readableBytes() : skip);
  }

  /** One whole packet at {@code at} (section 2.4.3.2). */
  private void packet(ByteBuf in, int at) {
    packets++;
    int head = in.getInt(at);
    int pid = head >> 8 & 0x1fff;
    boolean broken = (head & 0x800000) != 0; // transport_error_indicator
    boolean begins = (head & 0x400000) != 0;
    boolean scrambled = (head & 0xc0) != 0;
    boolean hasField = (head & 0x20) != 0;
    boolean hasPayload = (head & 0x10) != 0;
    if (broken || scrambled || pid == Ts.NULL_PID) {
      errors += pid == Ts.NULL_PID ? 0 : 1;
      return;
    }
    int from = at + 4;
    int end = at + Ts.PACKET;
    boolean randomAccess = false;
    if (hasField) {
      int length = in.getUnsignedByte(from);
      if (length > Ts.PAYLOAD - 1) {
        errors++;
        return;
      }
      int flags = length > 0 ? in.getUnsignedByte(from + 1) : 0;
      randomAccess = (flags & 0x40) != 0;
      if ((flags & 0x10) != 0 && length >= 7) {
        sink.onClock(pid, pcr(in, from + 2));
      }
      from += 1 + length;
    }
    if (!hasPayload || from >= end) {
      return;
    }
    int counter = head & 15;
    if (pid == Ts.PAT_PID) {
      table(patSection, in, from, end, begins, this::pat);
    } else if (pid == pmtPid) {
      table(pmtSection, in, from, end, begins, this::pmt);
    } else {
      PesReader track = tracks.get(pid);
      if (track != null) {
        track.packet(in, from, end, begins, counter, randomAccess);
      }
    }
  }

  private static long pcr(ByteBuf in, int at) {
    long base = in.getUnsignedInt(at) << 1 | in.getUnsignedByte(at + 4) >> 7;
    int extension = in.getUnsignedShort(at + 4) & 0x1ff;
    return base * 300 + extension;
  }

  private interface Table {
    void read(byte[] section, int length);
  }

  private static void table(SectionReader reader, ByteBuf in, int from, int end, boolean begins, Table to) {
    byte[] section = reader.packet(in, from, end, begins);
    if (section != null) {
      to.read(section, reader.length());
    }
  }

  /** Section 2.4.4.3: the first program is read. */
  private void pat(byte[] section, int length) {
    for (int at = 8; at + 4 <= length - 4; at += 4) {
      if (SectionReader.u16(section, at) != 0) {
        int pid = SectionReader.u16(section, at + 2) & 0x1fff;
        if (pid != pmtPid) {
          pmtPid = pid;
          pmtVersion = -1;
        }
        return;
      }
    }
  }

  /** Section 2.4.4.8. */
  private void pmt(byte[] section, int length) {
    int version = section[5] >> 1 & 0x1f;
    if (section[0] != 2 || version == pmtVersion || length < 16) {
      return;
    }
    pmtVersion = version;
    Map<Integer, Integer> types = new HashMap<>();
    int at = 12 + (SectionReader.u16(section, 10) & 0xfff);
    while (at + 5 <= length - 4 && types.size() < MAX_TRACKS) {
      types.put(SectionReader.u16(section, at + 1) & 0x1fff, section[at] & 0xff);
      at += 5 + (SectionReader.u16(section, at + 3) & 0xfff);
    }
    tracks.entrySet().removeIf(track -> removed(track.getValue(), types.get(track.getKey())));
    types.forEach((pid, type) -> tracks.computeIfAbsent(pid, p -> new PesReader(p, type, sink, allocator)));
    sink.onProgram(version, Map.copyOf(types));
  }

  private boolean removed(PesReader track, @Nullable Integer type) {
    if (type != null && type == track.streamType()) {
      return false;
    }
    track.finish();
    errors += track.errors();
    track.close();
    return true;
  }
}
