package live.sluice.rtp.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import live.sluice.rtp.RtpPacket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PictureDepacketizerTest {
  private final AvcPictures pictures = new AvcPictures();

  @AfterEach
  void close() {
    pictures.close();
  }

  @Test
  void nothingComesBeforeTheFirstKeyframeWhichIsAskedFor() {
    pictures.all(pictures.delta(), 0);
    pictures.all(pictures.delta(), 33);
    assertThat(pictures.units.units).isEmpty();
    assertThat(pictures.units.keyframesNeeded).isEqualTo(1);

    pictures.all(pictures.key(), 66);
    pictures.all(pictures.delta(), 99);

    assertThat(pictures.units.units).extracting(RecordingUnits.Unit::keyframe).containsExactly(true, false);
    assertThat(pictures.units.keyframesNeeded).isEqualTo(1);
  }

  @Test
  void aKeyframeThatDoesNotComeIsAskedForAgain() {
    pictures.all(pictures.delta(), 0);
    pictures.poll(999);
    assertThat(pictures.units.keyframesNeeded).isEqualTo(1);
    pictures.poll(1000);
    assertThat(pictures.units.keyframesNeeded).isEqualTo(2);
    pictures.all(pictures.delta(), 2000);
    assertThat(pictures.units.keyframesNeeded).isEqualTo(3);

    pictures.all(pictures.key(), 2001);
    pictures.poll(5000);
    assertThat(pictures.units.keyframesNeeded).isEqualTo(3);
  }

  @Test
  void timestampsAndSequenceNumbersMayWrap() {
    pictures.all(pictures.key(), 0);
    for (int i = 0; i < 9; i++) {
      pictures.all(pictures.delta(), 0);
    }

    assertThat(pictures.units.timestamps()).hasSize(10).isSorted();
    assertThat(pictures.units.units.getLast().timestamp() - pictures.units.units.getFirst().timestamp()).isEqualTo(9 * 3000L);
  }

  @Test
  void aRetransmissionInTimeFillsTheGap() {
    pictures.all(pictures.key(), 0);
    List<RtpPacket> late = pictures.delta();
    pictures.all(pictures.delta(), 33);
    assertThat(pictures.units.units).hasSize(1);
    pictures.all(late, 200);

    assertThat(pictures.units.units).hasSize(3);
    assertThat(pictures.units.timestamps()).isSorted();
    assertThat(pictures.units.keyframesNeeded).isZero();
  }

  @Test
  void whatIsMissingTooLongIsGivenUpWithAllUpToTheNextKeyframe() {
    pictures.all(pictures.key(), 0);
    List<RtpPacket> late = pictures.delta();
    pictures.all(pictures.delta(), 33);
    pictures.poll(33 + 249);
    assertThat(pictures.units.keyframesNeeded).isZero();
    pictures.poll(33 + 250);
    assertThat(pictures.units.keyframesNeeded).isEqualTo(1);
    pictures.all(late, 300);
    pictures.all(pictures.delta(), 300);
    assertThat(pictures.units.units).hasSize(1);

    pictures.all(pictures.key(), 400);
    pictures.all(pictures.delta(), 433);

    assertThat(pictures.units.units).extracting(RecordingUnits.Unit::keyframe).containsExactly(true, true, false);
    assertThat(pictures.units.keyframesNeeded).isEqualTo(1);
  }

  @Test
  void waitingForOneGapDoesNotProlongTheNext() {
    pictures.all(pictures.key(), 0);
    List<RtpPacket> first = pictures.delta();
    pictures.all(pictures.delta(), 10);
    List<RtpPacket> second = pictures.delta();
    pictures.all(pictures.delta(), 100);
    pictures.all(first, 200);
    assertThat(pictures.units.units).hasSize(3);

    pictures.poll(100 + 249);
    assertThat(pictures.units.keyframesNeeded).isZero();
    pictures.poll(100 + 250);
    assertThat(pictures.units.keyframesNeeded).isEqualTo(1);
    second.forEach(RtpPacket::release);
  }

  @Test
  void theWindowOfPacketsIsABoundToo() {
    pictures.use(new DepacketizerSettings(8, 10_000, 1000, 1 << 20));
    pictures.all(pictures.key(), 0);
    AvcPictures.drop(pictures.delta());
    for (int i = 0; i < 7; i++) {
      pictures.all(pictures.delta(), 0);
    }
    assertThat(pictures.units.keyframesNeeded).isZero();
    pictures.all(pictures.delta(), 0);
    assertThat(pictures.units.keyframesNeeded).isEqualTo(1);

    pictures.all(pictures.key(), 0);
    assertThat(pictures.units.units).hasSize(2);
  }

  @Test
  void aSequenceNumberOfPaddingIsNotWaitedFor() {
    pictures.all(pictures.key(), 0);
    int padding = pictures.sequence++ & 0xffff;
    pictures.all(pictures.delta(), 0);
    assertThat(pictures.units.units).hasSize(1);
    pictures.depacketizer().skip(padding, 0);
    assertThat(pictures.units.units).hasSize(2);

    pictures.depacketizer().skip(pictures.sequence++, 0);
    pictures.all(pictures.delta(), 0);
    assertThat(pictures.units.units).hasSize(3);
  }

  @Test
  void aPublisherThatBeginsAnewWithOtherNumbersIsFollowed() {
    pictures.all(pictures.key(), 0);
    pictures.sequence += 20_000;
    pictures.all(pictures.delta(), 0);
    assertThat(pictures.units.keyframesNeeded).isEqualTo(1);
    pictures.all(pictures.key(), 0);
    assertThat(pictures.units.units).hasSize(2);

    pictures.sequence -= 30_000;
    pictures.all(pictures.delta(), 0);
    pictures.all(pictures.delta(), 0);
    pictures.all(pictures.key(), 0);
    assertThat(pictures.units.units).hasSize(3);
    assertThat(pictures.units.keyframesNeeded).isEqualTo(2);
  }

  @Test
  void anOldPacketAloneChangesNothing() {
    pictures.all(pictures.key(), 0);
    RtpPacket old = Payloads.packet(AvcPictures.TRACK, pictures.sequence - 20_000 & 0xffff, 0, true, AvcPictures.DELTA);
    pictures.depacketizer().receive(old, 0);
    old.release();
    pictures.all(pictures.delta(), 0);

    assertThat(pictures.units.units).hasSize(2);
    assertThat(pictures.units.keyframesNeeded).isZero();
  }

  @Test
  void aPictureWithoutAMarkerEndsWhereTheNextOneBegins() {
    pictures.all(pictures.key(), 0);
    pictures.send(pictures.packet(false, AvcPictures.DELTA), 0);
    pictures.next();
    assertThat(pictures.units.units).hasSize(1);
    pictures.send(pictures.packet(false, AvcPictures.DELTA), 0);
    assertThat(pictures.units.units).hasSize(2);
  }

  @Test
  void theRestOfABrokenPictureIsNotTakenForAnother() {
    pictures.all(pictures.key(), 0);
    // The end of a fragmented slice whose beginning never was.
    pictures.send(pictures.packet(true, Payloads.hex("7c458884")), 0);
    assertThat(pictures.units.keyframesNeeded).isEqualTo(1);
    pictures.send(pictures.packet(true, AvcPictures.IDR), 0);
    assertThat(pictures.units.units).hasSize(1);
    pictures.next();

    pictures.all(pictures.key(), 0);
    assertThat(pictures.units.units).hasSize(2);
  }

  @Test
  void pictureThatGrowsTooLargeIsDropped() {
    pictures.use(new DepacketizerSettings(8, 100, 1000, 2000));
    pictures.all(pictures.key(), 0);
    for (int i = 0; i < 20; i++) {
      pictures.send(pictures.packet(i == 19, AvcPictures.DELTA), 0);
    }
    pictures.next();
    assertThat(pictures.units.units).hasSize(1);
    assertThat(pictures.units.keyframesNeeded).isEqualTo(1);

    pictures.all(pictures.key(), 0);
    assertThat(pictures.units.units).hasSize(2);
  }

  @Test
  void boundsThatCantBeAreRefused() {
    assertThatThrownBy(() -> new DepacketizerSettings(0, 1, 1, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new DepacketizerSettings(20_000, 1, 1, 1)).isInstanceOf(IllegalArgumentException.class);
  }
}
