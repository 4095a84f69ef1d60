package live.sluice.bridge;

import static live.sluice.media.MediaKind.AUDIO;
import static live.sluice.media.MediaKind.VIDEO;
import static org.assertj.core.api.Assertions.assertThat;

import live.sluice.media.MediaKind;
import live.sluice.rtp.rtcp.Ntp;
import org.junit.jupiter.api.Test;

/** A publisher whose tracks count from numbers of their own, and whose packets take their time. */
class LipSyncTest {
  private static final long MS = 1_000_000;
  private static final long WALL = 1_700_000_000_000L;
  private static final int SOUND_START = 0xfffff000;
  private static final int PICTURE_START = 0x7fffff00;

  private final LipSync time = new LipSync();

  @Test
  void beginsInStepByArrivals() {
    for (long at = 0; at < 500; at += 20) {
      long sound = sound(at, at + 10);
      long picture = picture(at, at + 40);
      assertThat(Math.abs(sound - picture)).as("apart at " + at).isLessThanOrEqualTo(30);
    }
  }

  @Test
  void theFirstPictureMayBeLate() {
    sound(0, 5);
    picture(0, 150);
    long apart = Long.MAX_VALUE;
    for (long at = 20; at < 3_000; at += 20) {
      long sound = sound(at, at + 5);
      apart = Math.abs(picture(at, at + 15) - sound);
    }

    assertThat(apart).isLessThanOrEqualTo(10);
  }

  @Test
  void reportsPutItRightSmoothlyAndNeverBack() {
    long lastPicture = Long.MIN_VALUE;
    long lastSound = Long.MIN_VALUE;
    long apart = 0;
    for (long at = 0; at < 5_000; at += 20) {
      if (at == 1_000) {
        report(AUDIO, at);
        report(VIDEO, at);
      }
      // Pictures take 200 ms longer than sound: arrivals would say they are late.
      long sound = sound(at, at + 10);
      long picture = picture(at, at + 210);
      assertThat(picture).isGreaterThanOrEqualTo(lastPicture);
      if (lastSound != Long.MIN_VALUE) {
        assertThat(sound - lastSound).as("step of sound").isEqualTo(20);
        assertThat(picture - lastPicture).as("step of pictures").isBetween(17L, 23L);
      }
      lastPicture = picture;
      lastSound = sound;
      apart = picture - sound;
    }

    assertThat(apart).isBetween(-2L, 2L);
  }

  @Test
  void reportsThatMakeNoSenseAreNotBelieved() {
    sound(0, 10);
    picture(0, 30);
    time.reported(AUDIO, Ntp.ofWallMillis(WALL), SOUND_START);
    time.reported(VIDEO, Ntp.ofWallMillis(WALL + 86_400_000), PICTURE_START);

    long apart = 0;
    for (long at = 20; at < 2_000; at += 20) {
      long sound = sound(at, at + 10);
      apart = picture(at, at + 30) - sound;
    }

    assertThat(apart).isBetween(-25L, 25L);
  }

  @Test
  void wrapsOfTimestampsAreUndone() {
    long first = sound(0, 10);
    for (long at = 20; at < 200_000; at += 20) {
      assertThat(sound(at, at + 10)).isEqualTo(first + at);
    }
  }

  @Test
  void aTrackThatCountsFromAnotherNumberGoesOn() {
    for (long at = 0; at < 1_000; at += 20) {
      sound(at, at + 10);
      picture(at, at + 10);
    }
    time.restart(VIDEO);
    time.arrived(VIDEO, 90_000, 12_345, 1_010 * MS);
    long picture = time.millis(VIDEO, time.unwrap(VIDEO, 12_345));

    assertThat(picture - sound(1_000, 1_010)).isBetween(-1L, 1L);
  }

  @Test
  void aTimestampThatJumpsIsFollowedByItsArrival() {
    long before = sound(0, 10);
    time.arrived(AUDIO, 48_000, 0x12345678, 1_010 * MS);

    assertThat(time.millis(AUDIO, time.unwrap(AUDIO, 0x12345678)) - before).isEqualTo(1_000);
  }

  private long sound(long madeAt, long arrivesAt) {
    int timestamp = SOUND_START + (int) (madeAt * 48);
    time.arrived(AUDIO, 48_000, timestamp, arrivesAt * MS);
    return time.millis(AUDIO, time.unwrap(AUDIO, timestamp));
  }

  private long picture(long madeAt, long arrivesAt) {
    int timestamp = PICTURE_START + (int) (madeAt * 90);
    time.arrived(VIDEO, 90_000, timestamp, arrivesAt * MS);
    return time.millis(VIDEO, time.unwrap(VIDEO, timestamp));
  }

  private void report(MediaKind kind, long at) {
    int timestamp = kind == AUDIO ? SOUND_START + (int) (at * 48) : PICTURE_START + (int) (at * 90);
    time.reported(kind, Ntp.ofWallMillis(WALL + at), timestamp);
  }
}
