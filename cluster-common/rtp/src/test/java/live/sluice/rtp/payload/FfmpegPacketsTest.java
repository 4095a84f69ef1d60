package live.sluice.rtp.payload;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import live.sluice.media.Codec;
import live.sluice.rtp.RtpPacket;
import live.sluice.rtp.RtpTrack;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Packets that ffmpeg 8.1 made of the clips, of 600 bytes at most; each one stands behind its length in two bytes. */
class FfmpegPacketsTest {
  private static final int TEMPORAL_DELIMITER = 2;
  private static final int INFORMATION_BEFORE_THE_FIRST_SLICE = 4 + 686;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "h264|H264|packetization-mode=1; sprop-parameter-sets=Z2QAC6zZQo35MBEAAAMAAQAAAwAyDxQplg==,aOvssiw=",
        "hevc|HEVC|sprop-vps=QAEMAf//AWAAAAMAkAAAAwAAAwAelZAJ;"
            + " sprop-sps=QgEBAWAAAAMAkAAAAwAAAwAeoBQgYfJllZJJMrwFoCAAAAMAIAAAAwMh; sprop-pps=RAHBcrRiQA==",
        "av1|AV1|",
      })
  void comeOutAsTheClip(String name, Codec codec, String parameters) throws IOException {
    RtpTrack track = Payloads.track(codec, parameters == null ? "" : parameters);
    RecordingUnits units = new RecordingUnits();
    Depacketizer depacketizer = Depacketizer.of(track, Payloads.ALLOCATOR, units);
    try (InputStream in = getClass().getResourceAsStream(name + ".rtp")) {
      ByteBuf all = Unpooled.wrappedBuffer(in.readAllBytes());
      while (all.isReadable()) {
        ByteBuf bytes = all.readRetainedSlice(all.readUnsignedShort());
        RtpPacket packet = new RtpPacket(track, 0, bytes, 12, false, 0);
        depacketizer.receive(packet, 0);
        packet.release();
      }
    }
    depacketizer.close();

    Clip clip = codec == Codec.H264 ? Clip.AVC : codec == Codec.HEVC ? Clip.HEVC : Clip.AV1;
    assertThat(units.units).hasSameSizeAs(clip.units());
    for (int i = 0; i < clip.units().size(); i++) {
      byte[] sent = clip.units().get(i).bytes();
      int leftOut = 0;
      if (codec == Codec.AV1) {
        leftOut = TEMPORAL_DELIMITER;
      } else if (codec == Codec.H264 && i == 0) {
        leftOut = INFORMATION_BEFORE_THE_FIRST_SLICE;
      }
      byte[] expected = Arrays.copyOfRange(sent, leftOut, sent.length);
      assertThat(Arrays.equals(units.units.get(i).bytes(), expected)).as("frame %d", i).isTrue();
    }
    assertThat(Arrays.copyOf(units.configs.getFirst(), 13)).isEqualTo(Arrays.copyOf(clip.config(), 13));
    // Information before the first slice begins no keyframe.
    assertThat(units.keyframesNeeded).isEqualTo(codec == Codec.H264 ? 1 : 0);
  }
}
