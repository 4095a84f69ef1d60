package live.sluice.container.ts;

import static live.sluice.container.ts.TestFrames.AAC;
import static live.sluice.container.ts.TestFrames.AAC_51;
import static live.sluice.container.ts.TestFrames.AVC;
import static live.sluice.container.ts.TestFrames.HEVC;
import static live.sluice.container.ts.TestFrames.MP3;
import static live.sluice.container.ts.TestFrames.delta;
import static live.sluice.container.ts.TestFrames.hex;
import static live.sluice.container.ts.TestFrames.key;
import static live.sluice.container.ts.TestFrames.sound;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import live.sluice.media.Codec;
import live.sluice.media.Frame;
import live.sluice.media.Track;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TsMuxerTest {
  private static final long LEAD = TsMuxer.LEAD_MS * 90;

  private final TsMuxer muxer = new TsMuxer();
  private final ByteBuf out = ByteBufAllocator.DEFAULT.directBuffer();
  private final ReadBack back = new ReadBack();

  @AfterEach
  void everythingIsReleased() {
    muxer.close();
    out.release();
    back.close();
  }

  private void begin(Track video, Track audio) {
    muxer.tracks(video, audio);
    muxer.begin(out);
  }

  private void write(Frame frame) {
    muxer.write(frame, out);
    frame.release();
  }

  private void read() {
    muxer.flush(out);
    assertThat(out.readableBytes() % Ts.PACKET).isZero();
    back.read(out);
    assertThat(back.errors()).isZero();
  }

  @Test
  void anAccessUnitHasADelimiterAndAKeyframeItsParameterSets() {
    begin(AVC, null);
    write(key(AVC, 0, 0, 3));
    write(delta(AVC, 40, 0, 3));
    read();

    assertThat(back.video()).hasSize(2);
    assertThat(back.video().get(0).hex())
        .isEqualTo("0000000109f0" + ByteBufUtil.hexDump(TestFrames.AVC_SETS) + "000001658182");
    assertThat(back.video().get(0).randomAccess()).isTrue();
    assertThat(back.video().get(1).hex()).isEqualTo("0000000109f0000001418182");
    assertThat(back.video().get(1).randomAccess()).isFalse();
  }

  @Test
  void hevcHasItsOwnDelimiterAndThreeKindsOfParameterSets() {
    begin(HEVC, null);
    write(key(HEVC, 0, 0, 3));
    read();

    assertThat(back.types()).containsEntry(TsTables.VIDEO_PID, Ts.HEVC);
    assertThat(back.video().getFirst().hex())
        .isEqualTo("00000001460150" + ByteBufUtil.hexDump(TestFrames.HEVC_SETS) + "000001268182");
  }

  @Test
  void parameterSetsAndDelimiterOfTheAccessUnitItselfAreNotDoubled() {
    begin(AVC, null);
    byte[] unit = hex("0000000209f0" + "0000000267aa" + "0000000268bb" + "0000000265cc");
    write(new Frame(AVC, 0, 0, true, false, ByteBufAllocator.DEFAULT.buffer().writeBytes(unit)));
    read();

    assertThat(back.video().getFirst().hex()).isEqualTo("0000000109f00000000167aa0000000168bb00000165cc");
  }

  @Test
  void aSegmentThatBeginsBetweenKeyframesHasParameterSetsToo() {
    begin(AVC, null);
    write(delta(AVC, 0, 0, 3));
    read();

    assertThat(back.video().getFirst().hex()).contains("000000016764");
  }

  @Test
  void accessUnitsWithoutPicturesAndCutShortOnesDoNoHarm() {
    begin(AVC, null);
    write(new Frame(AVC, 0, 0, true, false, ByteBufAllocator.DEFAULT.buffer().writeBytes(hex("00000002068100"))));
    write(new Frame(AVC, 0, 0, true, false, ByteBufAllocator.DEFAULT.buffer().writeBytes(hex("7fffffff65"))));
    write(new Frame(AVC, 0, 0, true, false, ByteBufAllocator.DEFAULT.buffer()));
    write(key(AVC, 0, 0, 3));
    read();

    assertThat(back.video()).hasSize(1);
  }

  @Test
  void everySizeFitsItsPackets() {
    begin(AVC, AAC);
    for (int size = 1; size < 600; size++) {
      write(delta(AVC, size * 40L, 0, size));
      write(sound(AAC, size * 150L, size));
    }
    read();

    assertThat(back.video()).hasSize(599);
    assertThat(back.audio()).hasSize(599);
    assertThat(back.audio().get(500).bytes()).hasSize(7 + 501);
  }

  @Test
  void picturesKeepBothTimes() {
    begin(AVC, null);
    write(key(AVC, 0, 80, 9));
    write(delta(AVC, 40, 160, 9));
    write(delta(AVC, 80, 0, 9));
    read();

    assertThat(back.video()).extracting(ReadBack.Unit::dts).containsExactly(LEAD, LEAD + 3600, LEAD + 7200);
    assertThat(back.video()).extracting(ReadBack.Unit::pts).containsExactly(LEAD + 7200, LEAD + 18000, LEAD + 7200);
  }

  @Test
  void negativeCompositionOffsetsMoveDecodingTimesBack() {
    begin(AVC, null);
    long[] offsets = {0, 80, -40, -40, 40, -80, 40, 0};
    for (int i = 0; i < offsets.length; i++) {
      write(delta(AVC, i * 40L, offsets[i], 9));
    }
    read();

    assertThat(back.video()).allSatisfy(unit -> assertThat(unit.pts()).isGreaterThanOrEqualTo(unit.dts()));
    assertThat(back.video()).extracting(ReadBack.Unit::dts).isSorted();
    assertThat(back.video().get(7).pts()).isEqualTo(LEAD + 7 * 3600);
  }

  @Test
  void aacHasAdtsHeadersAndSharesPackets() {
    begin(null, AAC);
    for (int i = 0; i < 12; i++) {
      write(sound(AAC, i * 1024L / 48, 10));
    }
    read();

    assertThat(back.types()).containsEntry(TsTables.AUDIO_PID, Ts.AAC_ADTS);
    assertThat(back.audio()).hasSize(3);
    assertThat(back.audio().getFirst().hex()).startsWith("fff14c80023ffc" + "8081").contains("fff14c80023ffc80");
    // 5 frames of 1024 samples are more than 100 ms; the time counts samples, not rounded ms.
    assertThat(back.audio()).extracting(ReadBack.Unit::pts).containsExactly(LEAD, LEAD + 9600, LEAD + 19200);
  }

  @Test
  void fiveChannelsAndOneAreToldInAdts() {
    begin(null, AAC_51);
    write(sound(AAC_51, 0, 10));
    read();

    assertThat(back.audio().getFirst().hex()).startsWith("fff14d80");
  }

  @Test
  void channelsLaidOutByAnElementHaveItInTheirFirstFrame() {
    Track laidOut = new Track(0, Codec.AAC, hex("118004c844002000c40d4c61766336322e32382e31303256e500"), null, null);
    assertThat(TsMuxer.supports(laidOut)).isTrue();
    begin(null, laidOut);
    write(sound(laidOut, 0, 10));
    write(sound(laidOut, 21, 10));
    read();

    byte[] both = back.audio().getFirst().bytes();
    int first = (both[3] & 3) << 11 | (both[4] & 0xff) << 3 | (both[5] & 0xff) >> 5;
    assertThat(first).isGreaterThan(17);
    assertThat(both[7] & 0xe0).isEqualTo(0xa0); // ID_PCE
    assertThat(both).hasSize(first + 17);
  }

  @Test
  void aGapInTheSoundBeginsANewPacket() {
    begin(null, AAC);
    write(sound(AAC, 0, 10));
    write(sound(AAC, 21, 10));
    write(sound(AAC, 500, 10));
    read();

    assertThat(back.audio()).extracting(ReadBack.Unit::pts).containsExactly(LEAD, LEAD + 45_000);
  }

  @Test
  void mp3GoesAsItIs() {
    begin(AVC, MP3);
    write(key(AVC, 0, 0, 9));
    write(sound(MP3, 0, 413));
    write(sound(MP3, 26, 413));
    read();

    assertThat(back.types()).containsEntry(TsTables.AUDIO_PID, Ts.MPEG1_AUDIO);
    assertThat(back.audio()).hasSize(1);
    assertThat(back.audio().getFirst().bytes()).hasSize(2 * 417);
  }

  @Test
  void theClockReferenceIsBehindDecodingAndNeverMoreThan100MsOld() {
    begin(AVC, AAC);
    write(key(AVC, 0, 0, 9));
    for (int i = 0; i < 100; i++) { // pictures stop, sound goes on
      write(sound(AAC, i * 1024L / 48, 10));
    }
    write(delta(AVC, 2_100, 0, 9));
    read();

    assertThat(back.clocks()).isSorted().hasSizeGreaterThan(20);
    for (int i = 1; i < back.clocks().size(); i++) {
      assertThat(back.clocks().get(i) - back.clocks().get(i - 1)).isBetween(1L, 113 * 90L);
    }
    assertThat(back.clocks().getLast()).isEqualTo(back.video().getLast().dts() - 500 * 90);
  }

  @Test
  void timesWrapAt33Bits() {
    begin(AVC, AAC);
    long wrap = (1L << 33) / 90 - TsMuxer.LEAD_MS;
    for (long ms = wrap - 1_000; ms < wrap + 1_000; ms += 40) {
      write(delta(AVC, ms, 0, 9));
      write(sound(AAC, ms, 9));
    }
    read();

    assertThat(back.video()).allSatisfy(unit -> assertThat(unit.dts()).isBetween(0L, Ts.TIME_MASK));
    long last = back.video().getFirst().dts();
    for (ReadBack.Unit unit : back.video().subList(1, back.video().size())) {
      long next = Ts.unwrap(last, unit.dts());
      assertThat(next - last).isEqualTo(3600);
      last = next;
    }
    assertThat(last).isGreaterThan(1L << 33);
  }

  @Test
  void continuityGoesOnOverSegmentsAndTablesHaveTheNextVersion() {
    begin(AVC, AAC);
    write(key(AVC, 0, 0, 1000));
    write(sound(AAC, 0, 100));
    muxer.flush(out);
    begin(AVC, null);
    write(key(AVC, 40, 0, 1000));
    read();

    assertThat(back.versions()).containsExactly(0, 1);
    assertThat(back.types()).containsOnlyKeys(TsTables.VIDEO_PID);
    assertThat(back.video()).hasSize(2);
  }

  @Test
  void tracksThatATransportStreamCanNotHoldAreToldApart() {
    assertThat(TsMuxer.supports(AVC)).isTrue();
    assertThat(TsMuxer.supports(HEVC)).isTrue();
    assertThat(TsMuxer.supports(MP3)).isTrue();
    assertThat(TsMuxer.supports(TestFrames.OPUS)).isFalse();
    assertThat(TsMuxer.supports(Track.bare(Codec.H264))).as("without configuration").isFalse();
    assertThat(TsMuxer.supports(Track.bare(Codec.AAC))).as("without configuration").isFalse();
  }
}
