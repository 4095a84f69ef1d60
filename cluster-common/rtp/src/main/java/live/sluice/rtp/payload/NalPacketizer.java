package live.sluice.rtp.payload;

import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;
import live.sluice.media.Codec;
import live.sluice.media.Frame;
import live.sluice.media.Track;
import live.sluice.media.codec.Nal;
import live.sluice.media.codec.NalCursor;
import live.sluice.rtp.RtpPacket;
import org.jspecify.annotations.Nullable;

/**
 * H.264 in mode 1 (RFC 6184, section 6.3) and HEVC (RFC 7798). NAL units that fit together share a packet; one that
 * does not fit is cut into fragments of one size, of which only the last may be smaller: the kernel sends such a run at
 * once.
 */
final class NalPacketizer implements Packetizer {
  private static final int LENGTH = 2;
  private static final int FRAGMENT_STARTS = 0x80;
  private static final int FRAGMENT_ENDS = 0x40;

  private final NalForm form;
  private final PacketWriter writer;
  private final int maxPayload;
  private final NalCursor cursor = new NalCursor();
  private final Pieces units = new Pieces();
  private @Nullable Track known;
  private NalConfig config = NalConfig.UNKNOWN;

  NalPacketizer(Codec codec, PacketWriter writer, int maxPayload) {
    this.form = NalForm.of(codec);
    this.writer = writer;
    this.maxPayload = maxPayload;
  }

  @Override
  public void packetize(Frame frame, int timestamp, long nowNanos, Consumer<RtpPacket> out) {
    if (frame.config() || frame.track().codec() != form.codec) {
      return;
    }
    if (frame.track() != known) {
      config = NalConfig.of(frame.track());
      known = frame.track();
    }
    try {
      collect(frame);
      if (units.size() > 0) {
        ByteBuf buffer = writer.open(bound());
        write(buffer, timestamp);
        writer.finish(true, frame.keyframe(), nowNanos, out);
      }
    } finally {
      units.clear();
      writer.close();
    }
  }

  private void collect(Frame frame) {
    if (frame.keyframe() && !config.sets().isEmpty()) {
      long present = typesOf(frame.payload());
      for (ByteBuf set : config.sets()) {
        int type = form.type(set.getByte(0));
        if (form.carried(type) && (present & 1L << type) == 0) {
          add(set, 0, set.readableBytes());
        }
      }
    }
    ByteBuf payload = frame.payload();
    cursor.reset(payload, config.lengthSize());
    boolean slices = false;
    while (cursor.next()) {
      int type = form.type(cursor.firstByte());
      slices |= Nal.isSlice(form.codec, type);
      if (form.carried(type)) {
        add(payload, cursor.offset(), cursor.length());
      }
    }
    if (!slices) {
      units.clear();
    }
  }

  private void add(ByteBuf source, int offset, int length) {
    // A NAL unit of nothing but its header, or less, would be a fragment that a receiver takes for broken.
    if (length > form.headerLength) {
      units.add(source, offset, length);
    }
  }

  /** The types of NAL units in an access unit, a bit for each. */
  private long typesOf(ByteBuf payload) {
    long types = 0;
    cursor.reset(payload, config.lengthSize());
    while (cursor.next()) {
      types |= 1L << form.type(cursor.firstByte());
    }
    return types;
  }

  /** Bytes that the packets can have, each NAL unit taken as if it were fragmented and aggregated at once. */
  private int bound() {
    int overhead = form.headerLength + 1;
    int bytes = 0;
    for (int i = 0; i < units.size(); i++) {
      int packets = units.length(i) / (maxPayload - overhead) + 1;
      bytes += units.length(i) + LENGTH + packets * (PacketWriter.HEADER + overhead);
    }
    return bytes;
  }

  private void write(ByteBuf buffer, int timestamp) {
    int next = 0;
    while (next < units.size()) {
      int run = runFrom(next);
      if (run > 1) {
        writer.begin(timestamp);
        aggregate(buffer, next, run);
        next += run;
      } else {
        if (units.length(next) <= maxPayload) {
          writer.begin(timestamp);
          buffer.writeBytes(units.source(next), units.offset(next), units.length(next));
        } else {
          fragment(buffer, next, timestamp);
        }
        next++;
      }
    }
  }

  /** How many NAL units fit into one packet. */
  private int runFrom(int first) {
    int bytes = form.headerLength;
    int last = first;
    while (last < units.size() && bytes + LENGTH + units.length(last) <= maxPayload) {
      bytes += LENGTH + units.length(last++);
    }
    return last - first;
  }

  /**
   * A header that stands for all of its NAL units (RFC 6184, section 5.7; RFC 7798, section 4.4.2), then each of them.
   */
  private void aggregate(ByteBuf buffer, int first, int run) {
    int header = buffer.writerIndex();
    buffer.writeZero(form.headerLength);
    int forbidden = 0;
    int importance = 0;
    int layerAndTime = 0x1ff;
    for (int i = first; i < first + run; i++) {
      int firstByte = units.firstByte(i);
      forbidden |= firstByte & 0x80;
      importance = Math.max(importance, firstByte & 0x60);
      if (form == NalForm.HEVC) {
        layerAndTime = Math.min(layerAndTime, layerAndTime(i));
      }
      buffer.writeShort(units.length(i)).writeBytes(units.source(i), units.offset(i), units.length(i));
    }
    if (form == NalForm.HEVC) {
      buffer.setShort(header, forbidden << 8 | form.aggregate << 9 | layerAndTime);
    } else {
      buffer.setByte(header, forbidden | importance | form.aggregate);
    }
  }

  /** The 6 bits of the layer and the 3 of the temporal id of an HEVC NAL unit. */
  private int layerAndTime(int unit) {
    return units.source(unit).getUnsignedShort(units.offset(unit)) & 0x1ff;
  }

  private void fragment(ByteBuf buffer, int unit, int timestamp) {
    ByteBuf source = units.source(unit);
    int offset = units.offset(unit);
    int first = units.firstByte(unit);
    int type = form.type(first);
    int bytes = units.length(unit) - form.headerLength;
    int most = maxPayload - form.headerLength - 1;
    int packets = (bytes + most - 1) / most;
    int size = (bytes + packets - 1) / packets;
    for (int at = 0; at < bytes; at += size) {
      int length = Math.min(size, bytes - at);
      writer.begin(timestamp);
      buffer.writeByte(form.retyped(first, form.fragment));
      if (form == NalForm.HEVC) {
        buffer.writeByte(source.getByte(offset + 1));
      }
      int edges = (at == 0 ? FRAGMENT_STARTS : 0) | (at + length == bytes ? FRAGMENT_ENDS : 0);
      buffer.writeByte(edges | type);
      buffer.writeBytes(source, offset + form.headerLength + at, length);
    }
  }
}
