package live.sluice.rtp.payload;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.List;
import live.sluice.media.Codec;
import live.sluice.media.codec.Nal;
import live.sluice.rtp.RtpPacket;
import live.sluice.rtp.RtpTrack;

/**
 * H.264 (RFC 6184, modes 0 and 1) and HEVC (RFC 7798 without DONL): NAL units behind lengths of 4 bytes. Parameter sets
 * go to the configuration; packets of other types than these modes have are passed over, as RFC 6184, section 5.4,
 * asks.
 */
final class NalAssembler implements PictureAssembler {
  private static final int LENGTH = 4;
  private static final int NONE = -1;

  private final NalForm form;
  private final ByteBufAllocator allocator;
  private final ParameterSets sets;

  private ByteBuf out = Unpooled.EMPTY_BUFFER;
  /** Where the NAL unit that is being put together of fragments begins in {@link #out}, with its length. */
  private int fragmented = NONE;

  private boolean slices;
  private boolean keyframe;

  /** Whether parameter sets came in the stream itself, and whether they did since the last loss. */
  private boolean setsInStream;

  private boolean setsSinceLoss;

  NalAssembler(RtpTrack track, ByteBufAllocator allocator) {
    this.form = NalForm.of(track.codec());
    this.allocator = allocator;
    this.sets = new ParameterSets(track.codec());
    String parameters = track.parameters();
    if (track.codec() == Codec.HEVC) {
      FormatParameters.sets(parameters, "sprop-vps").forEach(sets::add);
      FormatParameters.sets(parameters, "sprop-sps").forEach(sets::add);
      FormatParameters.sets(parameters, "sprop-pps").forEach(sets::add);
    } else {
      FormatParameters.sets(parameters, "sprop-parameter-sets").forEach(sets::add);
    }
    sets.commit();
  }

  @Override
  public Assembled assemble(List<RtpPacket> packets) {
    out = allocator.buffer(bound(packets));
    fragmented = NONE;
    slices = false;
    keyframe = false;
    Assembled assembled = Assembled.Broken.IT;
    try {
      if (read(packets)) {
        assembled = whole();
      }
      return assembled;
    } finally {
      if (!(assembled instanceof Assembled.Unit)) {
        out.release();
      }
      out = Unpooled.EMPTY_BUFFER;
      sets.rollBack();
    }
  }

  @Override
  public void lost() {
    setsSinceLoss = false;
  }

  /** Bytes of all NAL units and their lengths, where each second byte of an aggregate may be a NAL unit. */
  private int bound(List<RtpPacket> packets) {
    int bytes = 0;
    for (RtpPacket packet : packets) {
      ByteBuf in = packet.bytes();
      int type = form.type(in.getByte(in.readerIndex() + packet.payloadOffset()));
      int length = packet.payloadLength();
      bytes += type == form.aggregate ? 2 * length : length + LENGTH;
    }
    return bytes;
  }

  private Assembled whole() {
    if (sets.hasNewSequence()) {
      setsInStream = true;
      setsSinceLoss = true;
    }
    sets.commit();
    if (!slices) {
      return Assembled.Nothing.IT;
    }
    if (keyframe && setsInStream && !setsSinceLoss) {
      // Those that go before it may be what was lost, and the old ones may be wrong for it.
      return Assembled.Broken.IT;
    }
    byte[] config = sets.record();
    return config.length > 0 ? new Assembled.Unit(out, keyframe, config) : Assembled.Broken.IT;
  }

  /** False where a NAL unit is incomplete. */
  private boolean read(List<RtpPacket> packets) {
    for (RtpPacket packet : packets) {
      ByteBuf in = packet.bytes();
      int at = in.readerIndex() + packet.payloadOffset();
      if (!read(in, at, in.writerIndex())) {
        return false;
      }
    }
    return fragmented == NONE;
  }

  private boolean read(ByteBuf in, int at, int end) {
    int body = at + form.headerLength;
    if (body >= end) {
      return fragmented == NONE;
    }
    int type = form.type(in.getByte(at));
    if (type == form.fragment) {
      return fragment(in, at, end);
    }
    if (fragmented != NONE) {
      return false;
    }
    if (type == form.aggregate) {
      return aggregate(in, body, end);
    }
    unit(in, at, end - at);
    return true;
  }

  private boolean aggregate(ByteBuf in, int from, int end) {
    int at = from;
    while (end - at >= 2) {
      int length = in.getUnsignedShort(at);
      at += 2;
      if (length > end - at) {
        return false;
      }
      if (length > form.headerLength) {
        unit(in, at, length);
      }
      at += length;
    }
    return at == end;
  }

  private boolean fragment(ByteBuf in, int at, int end) {
    int edges = in.getByte(at + form.headerLength);
    int from = at + form.headerLength + 1;
    boolean starts = (edges & 0x80) != 0;
    boolean ends = (edges & 0x40) != 0;
    if (starts != (fragmented == NONE) || from > end) {
      return false;
    }
    if (starts) {
      fragmented = out.writerIndex();
      out.writeInt(0);
      out.writeByte(form.retyped(in.getByte(at), form.fragmentedType(edges)));
      if (form.headerLength == 2) {
        out.writeByte(in.getByte(at + 1));
      }
    }
    out.writeBytes(in, from, end - from);
    if (ends) {
      int start = fragmented + LENGTH;
      int length = out.writerIndex() - start;
      if (isOfPicture(out, start, length)) {
        out.setInt(fragmented, length);
      } else {
        out.writerIndex(fragmented);
      }
      fragmented = NONE;
    }
    return true;
  }

  private void unit(ByteBuf in, int at, int length) {
    if (isOfPicture(in, at, length)) {
      out.writeInt(length).writeBytes(in, at, length);
    }
  }

  /** Whether a NAL unit goes into the access unit; keeps it where it is a parameter set. */
  private boolean isOfPicture(ByteBuf in, int at, int length) {
    int type = form.type(in.getByte(at));
    if (!form.carried(type)) {
      return false;
    }
    if (Nal.isParameterSet(form.codec, type)) {
      sets.add(ByteBufUtil.getBytes(in, at, length));
      return false;
    }
    slices |= Nal.isSlice(form.codec, type);
    keyframe |= Nal.isRandomAccess(form.codec, type);
    return true;
  }
}
