package live.sluice.hop.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A link that carries less than there is to send: three layers of 0.3, 0.8 and 2 Mb/s over 2 Mb/s. */
class NarrowLinkTest {
  private static final long MS = SimulatedLink.MS;

  private final SimulatedLink link = new SimulatedLink(50, 0, 7);
  private Source low;
  private Source middle;
  private Source high;
  private Source sound;

  @BeforeEach
  void start() {
    link.there.rate = 2_000_000;
    link.there.queueNanos = 1_000 * MS;
    low = link.pictures(0, 300_000);
    middle = link.pictures(1, 800_000);
    high = link.pictures(2, 2_000_000);
    sound = link.sound();
  }

  @Test
  void lowerLayersPlayOnAndSoundIsNeverLost() {
    link.run(60).finish();

    for (Source source : new Source[] {low, middle, sound}) {
      assertThat(source.shareArrived()).isEqualTo(1);
      assertThat(source.shareInTime()).isGreaterThan(0.96);
    }
    assertThat(high.shareArrived()).isLessThan(0.1);
    assertThat(link.sender.totals().droppedAudio()).isZero();
    assertThat(link.sender.totals().retransmitted()).as("what is delayed is not lost").isZero();
    link.close();
  }

  @Test
  void theQueueIsBoundedAndShortMostOfTheTime() {
    int shortQueues = 0;
    for (int second = 0; second < 60; second++) {
      link.there.worstQueue = 0;
      link.run(1);
      assertThat(link.there.worstQueue).isLessThan(350 * MS);
      shortQueues += link.there.worstQueue < 50 * MS ? 1 : 0;
    }

    assertThat(shortQueues).isGreaterThan(52);
    link.close();
  }

  @Test
  void whatIsLeftOutIsToldAndTriedLessAndLessOften() {
    link.run(100);

    assertThat(link.told).startsWith("left out 3", "room for 3");
    assertThat(link.told).filteredOn("resumed 3"::equals).hasSizeBetween(3, 5);
    assertThat(link.told).allMatch(line -> line.endsWith(" 3"));
    assertThat(link.sender.statistics(3).leftOut()).isTrue();
    link.close();
  }

  @Test
  void theHighestLayerComesBackWithAKeyframeOnceThereIsRoom() {
    link.run(10);
    link.there.rate = 10_000_000;
    link.run(30);
    int before = high.arrived.cardinality();
    int sentBefore = high.sent;
    link.run(20).finish();

    assertThat(link.told.get(link.told.size() - 1)).isEqualTo("resumed 3");
    assertThat(high.arrived.cardinality() - before).isGreaterThanOrEqualTo(high.sent - sentBefore);
    assertThat(link.sender.totals().congested()).isFalse();
    link.close();
  }

  @Test
  void picturesAreSentWholeOrNotAtAll() {
    link.run(60).finish();

    assertThat(high.cutPictures()).as("only the picture that was being sent when there was no room").isLessThanOrEqualTo(5);
    assertThat(low.cutPictures()).isZero();
    link.close();
  }
}
