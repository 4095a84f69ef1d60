package live.sluice.rtp.payload;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.function.Consumer;
import live.sluice.media.Codec;
import live.sluice.media.Frame;
import live.sluice.media.Track;
import live.sluice.rtp.RtpPacket;
import org.jspecify.annotations.Nullable;

/**
 * AV1 (RTP payload format for AV1, version 1.0.0). A temporal unit's OBUs lose their sizes and are cut without regard
 * to where they end into packets of one size, with at most three elements each: the count of elements then stands in
 * the aggregation header, and the last one needs no length.
 */
final class Av1Packetizer implements Packetizer {
  private static final int CONTINUED = 0x80;
  private static final int CONTINUES = 0x40;
  private static final int COUNT_SHIFT = 4;
  private static final int NEW_SEQUENCE = 0x08;
  private static final int MOST_ELEMENTS = 3;
  private static final int LENGTH = 2;
  /** Fewer bytes than this at the end of a packet are not worth an element: its length, the header, the extension. */
  private static final int LEAST_ELEMENT = 4;
  /** Bytes of the configuration record before its OBUs (AV1 in ISOBMFF, section 2.3.3). */
  private static final int RECORD = 4;

  private final PacketWriter writer;
  private final int maxPayload;
  private final ObuCursor cursor = new ObuCursor();
  /** OBUs from after their size on; headers stand in {@link #headers}, at the same index. */
  private final Pieces bodies = new Pieces();
  private final Pieces headers = new Pieces();
  private @Nullable Track known;
  private ByteBuf configured = Unpooled.EMPTY_BUFFER;

  Av1Packetizer(PacketWriter writer, int maxPayload) {
    this.writer = writer;
    this.maxPayload = maxPayload;
  }

  @Override
  public void packetize(Frame frame, int timestamp, long nowNanos, Consumer<RtpPacket> out) {
    if (frame.config() || frame.track().codec() != Codec.AV1) {
      return;
    }
    if (frame.track() != known) {
      byte[] record = frame.track().config();
      configured =
          record.length > RECORD
              ? Unpooled.wrappedBuffer(record, RECORD, record.length - RECORD)
              : Unpooled.EMPTY_BUFFER;
      known = frame.track();
    }
    try {
      if (collect(frame)) {
        write(timestamp, frame.keyframe());
        writer.finish(true, frame.keyframe(), nowNanos, out);
      }
    } finally {
      bodies.clear();
      headers.clear();
      writer.close();
    }
  }

  /** Whether there is a picture in it. */
  private boolean collect(Frame frame) {
    if (frame.keyframe() && !hasSequenceHeader(frame.payload())) {
      add(configured);
    }
    return add(frame.payload());
  }

  private boolean add(ByteBuf obus) {
    boolean picture = false;
    cursor.reset(obus);
    while (cursor.next()) {
      if (Obu.carried(cursor.type())) {
        picture |= Obu.beginsPicture(cursor.type());
        headers.add(obus, cursor.offset(), Obu.headerLength(cursor.header()));
        bodies.add(obus, cursor.payloadOffset(), cursor.payloadLength());
      }
    }
    return picture;
  }

  private boolean hasSequenceHeader(ByteBuf obus) {
    cursor.reset(obus);
    while (cursor.next()) {
      if (cursor.type() == Obu.SEQUENCE_HEADER) {
        return true;
      }
    }
    return false;
  }

  private int length(int obu) {
    return headers.length(obu) + bodies.length(obu);
  }

  private void write(int timestamp, boolean keyframe) {
    int bytes = 0;
    for (int i = 0; i < bodies.size(); i++) {
      bytes += length(i) + LENGTH;
    }
    int packets = (bytes + maxPayload - 2) / (maxPayload - 1);
    int size = Math.min(maxPayload, 1 + (bytes + packets - 1) / packets);
    // Packets that end early, for the sake of three elements or a tiny rest, are at most one for each OBU.
    ByteBuf buffer = writer.open(bytes + (packets + bodies.size() + 1) * (PacketWriter.HEADER + 1));
    int obu = 0;
    int done = 0;
    boolean first = true;
    while (obu < bodies.size()) {
      writer.begin(timestamp);
      int header = buffer.writerIndex();
      int flags = (done > 0 ? CONTINUED : 0) | (first && keyframe ? NEW_SEQUENCE : 0);
      buffer.writeByte(0);
      int room = size - 1;
      int elements = 0;
      while (true) {
        int rest = length(obu) - done;
        boolean last = obu + 1 == bodies.size() || elements + 1 == MOST_ELEMENTS;
        int whole = Leb128.size(rest) + rest;
        boolean closes = last || rest >= room || room - whole < LEAST_ELEMENT;
        int taken = Math.min(rest, room);
        if (!closes) {
          Leb128.write(buffer, rest);
          room -= whole;
        }
        copy(obu, done, taken, buffer);
        elements++;
        done += taken;
        if (taken == rest) {
          obu++;
          done = 0;
        }
        if (closes) {
          break;
        }
      }
      flags |= (done > 0 ? CONTINUES : 0) | elements << COUNT_SHIFT;
      buffer.setByte(header, flags);
      first = false;
    }
  }

  /** Writes a part of an OBU as it is without its size. */
  private void copy(int obu, int from, int length, ByteBuf buffer) {
    int at = from;
    int end = from + length;
    int headerLength = headers.length(obu);
    for (; at < end && at < headerLength; at++) {
      int b = headers.source(obu).getByte(headers.offset(obu) + at);
      buffer.writeByte(at == 0 ? b & ~Obu.HAS_SIZE : b);
    }
    if (at < end) {
      buffer.writeBytes(bodies.source(obu), bodies.offset(obu) + at - headerLength, end - at);
    }
  }
}
