package live.sluice.bench.clip;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import live.sluice.bench.BenchException;
import live.sluice.bench.scan.SenderClock;
import live.sluice.container.amf.Amf0;
import live.sluice.container.amf.AmfObject;
import live.sluice.container.flv.FlvTag;
import live.sluice.container.flv.FlvTagReader;
import live.sluice.container.flv.FlvType;
import live.sluice.media.SluiceException;

/** Reads a clip from an FLV file, and puts the clock into each picture of H.264 and HEVC. */
public final class FlvClip {
  private static final int MAX_BYTES = 512 << 20;
  private static final int AVC = 7;
  private static final int HEVC = 12;
  private static final int AVC1 = 0x61766331;
  private static final int HVC1 = 0x68766331;
  private static final int AAC = 10;
  private static final int ENHANCED_AUDIO = 9;

  private final List<ClipUnit> opening = new ArrayList<>();
  private final List<ClipUnit> units = new ArrayList<>();
  private AmfObject metadata = AmfObject.ecmaArray();

  private FlvClip() {}

  /** Reads a file. */
  public static Clip read(Path file) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new BenchException(file + " is longer than 512 MB; cut it: all publishers send the same clip anyway");
      }
      return new FlvClip().read(Unpooled.wrappedBuffer(Files.readAllBytes(file)), file.toString());
    } catch (IOException e) {
      throw new BenchException("can't read " + file + ": " + e.getMessage(), e);
    } catch (SluiceException e) {
      throw new BenchException(file + ": " + e.getMessage(), e);
    }
  }

  private Clip read(ByteBuf in, String name) {
    try (FlvTagReader reader = new FlvTagReader(UnpooledByteBufAllocator.DEFAULT)) {
      for (FlvTag tag = reader.read(in); tag != null; tag = reader.read(in)) {
        switch (tag.type()) {
          case FlvType.AUDIO -> audio(tag);
          case FlvType.VIDEO -> video(tag);
          default -> script(tag);
        }
        tag.release();
      }
    }
    if (units.isEmpty()) {
      throw new BenchException(name + " holds neither pictures nor sound");
    }
    long first = units.stream().mapToLong(ClipUnit::dtsMs).min().orElse(0);
    List<ClipUnit> shifted =
        units.stream()
            .map(u -> new ClipUnit(u.type(), u.dtsMs() - first, u.keyframe(), u.prefix(), u.clock(), u.rest()))
            .sorted(Comparator.comparingLong(ClipUnit::dtsMs))
            .toList();
    return new Clip(metadata, List.copyOf(opening), shifted, duration(shifted));
  }

  /** To the last frame, and the time that a frame takes. */
  private static long duration(List<ClipUnit> units) {
    int type = units.stream().anyMatch(unit -> unit.type() == FlvType.VIDEO) ? FlvType.VIDEO : FlvType.AUDIO;
    List<Long> times = units.stream().filter(unit -> unit.type() == type).map(ClipUnit::dtsMs).toList();
    long length = times.getLast() - times.getFirst();
    long frame = times.size() < 2 ? 1_000 : Math.max(1, Math.round(length / (double) (times.size() - 1)));
    return Math.max(units.getLast().dtsMs() + 1, times.getLast() + frame);
  }

  private void script(FlvTag tag) {
    List<Object> values = Amf0.readAll(tag.body());
    if (values.size() > 1 && "onMetaData".equals(values.getFirst()) && values.get(1) instanceof AmfObject found) {
      metadata = found;
    }
  }

  private void audio(FlvTag tag) {
    ByteBuf body = tag.body();
    if (body.readableBytes() < 2) {
      return;
    }
    int format = body.getUnsignedByte(0) >> 4;
    boolean config =
        (format == AAC && body.getByte(1) == 0) || (format == ENHANCED_AUDIO && (body.getByte(0) & 15) == 0);
    (config ? opening : units)
        .add(new ClipUnit(FlvType.AUDIO, config ? 0 : tag.timestamp(), config, new byte[0], false, copy(body, 0)));
  }

  private void video(FlvTag tag) {
    ByteBuf body = tag.body();
    if (body.readableBytes() < 5) {
      return;
    }
    int first = body.getUnsignedByte(0);
    boolean keyframe = (first >> 4 & 7) == 1;
    boolean config;
    int header = 0;
    boolean hevc = false;
    if ((first & 0x80) != 0) {
      int packet = first & 15;
      int codec = body.getInt(1);
      config = packet == 0;
      hevc = codec == HVC1;
      if (codec == AVC1 || codec == HVC1) {
        header = packet == 1 ? 8 : packet == 3 ? 5 : 0;
      }
      if (packet == 2) {
        return;
      }
    } else {
      int codec = first & 15;
      hevc = codec == HEVC;
      boolean framed = codec == AVC || hevc;
      config = framed && body.getByte(1) == 0;
      header = framed && body.getByte(1) == 1 ? 5 : 0;
      if (framed && body.getByte(1) > 1) {
        return;
      }
    }
    if (config) {
      opening.add(new ClipUnit(FlvType.VIDEO, 0, true, new byte[0], false, copy(body, 0)));
      return;
    }
    units.add(
        new ClipUnit(
            FlvType.VIDEO, tag.timestamp(), keyframe, prefix(body, header, hevc), header > 0, copy(body, header)));
  }

  private static byte[] prefix(ByteBuf body, int header, boolean hevc) {
    if (header == 0) {
      return new byte[0];
    }
    byte[] nal = SenderClock.nal(hevc);
    byte[] prefix = new byte[header + nal.length];
    body.getBytes(0, prefix, 0, header);
    System.arraycopy(nal, 0, prefix, header, nal.length);
    return prefix;
  }

  private static ByteBuf copy(ByteBuf body, int from) {
    return SharedBytes.of(ByteBufUtil.getBytes(body, from, body.readableBytes() - from));
  }
}
