package live.sluice.bench.rtc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PicturesTest {
  private static final long MS = 1_000_000;

  private final List<String> told = new ArrayList<>();
  private final Pictures pictures =
      new Pictures(
          new Pictures.Listener() {
            @Override
            public void onPicture(int timestamp, boolean keyframe, long sentNanos) {
              told.add((keyframe ? "key " : "") + timestamp + (sentNanos < 0 ? "" : " sent " + sentNanos));
            }

            @Override
            public void onBroken() {
              told.add("broken");
            }
          });

  private long now;

  private void packet(int sequence, int timestamp, boolean marker) {
    pictures.onPacket(sequence, timestamp, marker, false, Pictures.NO_CLOCK, now);
  }

  private void keyframe(int sequence, int timestamp, boolean marker) {
    pictures.onPacket(sequence, timestamp, marker, true, Pictures.NO_CLOCK, now);
  }

  @Test
  void aPictureIsWholeWithItsMarker() {
    pictures.onPacket(65_534, 90, false, true, 7, now);
    packet(65_535, 90, false);
    assertThat(told).isEmpty();
    packet(0, 90, true);
    packet(1, 180, true);
    assertThat(told).containsExactly("key 90 sent 7", "180");
  }

  @Test
  void aPictureWithoutAMarkerEndsWhereTimestampsChange() {
    keyframe(1, 90, false);
    packet(2, 180, false);
    assertThat(told).containsExactly("key 90");
  }

  @Test
  void whatComesTooEarlyWaitsForWhatIsMissing() {
    keyframe(10, 90, true);
    packet(12, 180, true);
    packet(13, 270, true);
    assertThat(told).containsExactly("key 90");
    assertThat(pictures.waits()).isTrue();
    packet(11, 180, false);
    assertThat(told).containsExactly("key 90", "180", "270");
    assertThat(pictures.waits()).isFalse();
  }

  @Test
  void whatIsMissingForHalfASecondIsGivenUpWithItsPicture() {
    keyframe(10, 90, true);
    packet(12, 180, true);
    packet(13, 270, true);
    now = 499 * MS;
    pictures.expire(now);
    assertThat(told).containsExactly("key 90");
    now = 500 * MS;
    pictures.expire(now);
    assertThat(told).containsExactly("key 90", "broken", "270");
    packet(11, 180, false);
    assertThat(told).hasSize(3);
  }

  @Test
  void behindAGapAKeyframeIsABeginning() {
    keyframe(10, 90, true);
    keyframe(20, 900, false);
    packet(21, 900, true);
    now = 600 * MS;
    pictures.expire(now);
    assertThat(told).containsExactly("key 90", "key 900");
  }

  @Test
  void aPictureThatLostItsMiddleIsBrokenAndTheNextOneIsNot() {
    keyframe(9, 0, true);
    packet(10, 90, false);
    packet(12, 90, true);
    packet(13, 180, true);
    now = 600 * MS;
    pictures.expire(now);
    assertThat(told).containsExactly("key 0", "broken", "180");
  }

  @Test
  void aJumpBeyondAllThatIsKeptGivesUpWhatWasWaitedFor() {
    keyframe(10, 90, true);
    packet(12, 180, true);
    keyframe(2_000, 9_000, true);
    assertThat(told).containsExactly("key 90", "key 9000");
    assertThat(pictures.waits()).isFalse();
  }

  @Test
  void paddingBehindAPictureIsNoPicture() {
    keyframe(10, 90, true);
    packet(11, 90, false);
    packet(12, 180, true);
    assertThat(told).containsExactly("key 90", "180");
  }

  @Test
  void anotherSourceBeginsAnew() {
    keyframe(10, 90, true);
    packet(12, 180, true);
    pictures.restart();
    keyframe(7, 5, true);
    assertThat(told).containsExactly("key 90", "key 5");
  }

  @Test
  void aPlayerThatComesInTheMiddleOfAPictureSeesTheNextOne() {
    packet(10, 90, true);
    packet(11, 180, true);
    assertThat(told).containsExactly("180");
  }
}
