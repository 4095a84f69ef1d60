package live.sluice.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import live.sluice.media.Codec;
import live.sluice.media.Frame;
import live.sluice.media.MediaKind;
import live.sluice.media.Track;
import live.sluice.media.testing.ManualTicker;
import live.sluice.rtp.RtpTrack;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InterleaverTest {
  private static final Track SOUND = Track.bare(Codec.AAC);

  private final ManualTicker ticker = new ManualTicker();
  private final Collected out = new Collected();
  private final Interleaver interleaver = new Interleaver(ticker, out);

  @AfterEach
  void close() {
    interleaver.close();
    out.release();
  }

  @Test
  void picturesWaitForTheSoundBeforeThem() {
    picture(100);
    picture(133);
    assertThat(order()).isEmpty();

    sound(90);
    assertThat(order()).isEqualTo("s90");
    sound(111);
    assertThat(order()).isEqualTo("s90 p100 s111");
    sound(140);
    assertThat(order()).isEqualTo("s90 p100 s111 p133");
    picture(166);
    assertThat(order()).isEqualTo("s90 p100 s111 p133 s140");
  }

  @Test
  void nothingWaitsForATrackThatIsThereAlready() {
    sound(100);
    picture(100);
    picture(120);
    assertThat(order()).isEqualTo("s100 p100");
    sound(120);
    assertThat(order()).isEqualTo("s100 p100 s120 p120");
  }

  @Test
  void whatIsLateIsWaitedForHalfASecondAndThenComesAtOnce() {
    begin();
    picture(200);
    later(300);
    sound(20);
    later(190);
    assertThat(order()).isEqualTo("s10 s20");
    later(10);
    assertThat(order()).isEqualTo("s10 s20 p200");
    sound(100);
    assertThat(order()).isEqualTo("s10 s20 p200 s100");
  }

  @Test
  void noMoreThanSomeMegabytesWait() {
    begin();
    for (int i = 0; i < 7; i++) {
      ByteBuf payload = Unpooled.buffer(1 << 20).writeZero(1 << 20);
      interleaver.onFrame(new Frame(Track.bare(Codec.VP8), 100 + i, 0, false, false, payload));
    }
    assertThat(order()).isEqualTo("s10 p100 p101");
  }

  @Test
  void aTrackThatIsQuietIsNotWaitedFor() {
    begin();
    later(500);
    picture(500);
    assertThat(order()).isEqualTo("s10 p500");
  }

  @Test
  void aTrackThatWasNeverThereIsNotWaitedForLong() {
    sound(0);
    assertThat(order()).isEmpty();
    later(500);
    assertThat(order()).isEqualTo("s0");
    sound(500);
    assertThat(order()).isEqualTo("s0 s500");
  }

  @Test
  void aTrackThatIsLeftOutIsNotWaitedFor() {
    begin();
    picture(200);
    interleaver.onTrackLeftOut(new RtpTrack(1, Codec.OPUS, 48_000, 2, ""), "no library");
    assertThat(order()).isEqualTo("s10 p200");
    assertThat(out.leftOut).containsExactly("no library");
  }

  @Test
  void theFirstSoundMayTakeItsTime() {
    soundConfig();
    picture(30);
    later(900);
    picture(930);
    assertThat(order()).isEqualTo("sc");
    sound(10);
    assertThat(order()).isEqualTo("sc s10");
    sound(31);
    assertThat(order()).isEqualTo("sc s10 p30 s31");
  }

  @Test
  void configurationsComeBeforeTheirFramesAndWaitForNobody() {
    interleaver.onFrame(Pictures.config());
    picture(0);
    assertThat(order()).isEqualTo("pc");
    interleaver.onFrame(Pictures.config());
    assertThat(order()).isEqualTo("pc");
    sound(10);
    assertThat(order()).isEqualTo("pc p0 pc");
  }

  private void begin() {
    soundConfig();
    picture(0);
    sound(10);
    out.release();
  }

  private void soundConfig() {
    interleaver.onFrame(new Frame(SOUND, 0, 0, true, true, Unpooled.buffer(2).writeZero(2)));
  }

  private void later(long ms) {
    ticker.advance(ms);
    interleaver.poll();
  }

  private void picture(long at) {
    interleaver.onFrame(Pictures.avc(Pictures.P, at, at));
  }

  private void sound(long at) {
    interleaver.onFrame(new Frame(SOUND, at, 0, true, false, Unpooled.buffer(2).writeZero(2)));
  }

  private String order() {
    StringBuilder order = new StringBuilder();
    for (Frame frame : out.frames) {
      order.append(order.isEmpty() ? "" : " ").append(frame.kind() == MediaKind.AUDIO ? 's' : 'p');
      order.append(frame.config() ? "c" : Long.toString(frame.dts()));
    }
    return order.toString();
  }
}
