package live.sluice.hop.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the fuzz tests look for, with bytes that chance makes: some are tried in each run. */
class HostileDatagramsTest {
  private final MediaFuzzTest fuzz = new MediaFuzzTest();
  private final Random random = new Random(99);

  @Test
  void anyDatagramsAreBorne() {
    for (int i = 0; i < 300; i++) {
      fuzz.anyDatagrams(bytes(4_000, i % 2 == 0 ? 256 : 4));
    }
  }

  @Test
  void anyHeadersAreBorne() {
    for (int i = 0; i < 300; i++) {
      fuzz.anyHeaders(bytes(4_000, i % 2 == 0 ? 256 : 4));
    }
  }

  @Test
  void anyAnswersAreBorne() {
    for (int i = 0; i < 300; i++) {
      fuzz.anyAnswers(bytes(2_000, i % 2 == 0 ? 256 : 4));
    }
  }

  @Test
  void aLinkOnWhichGarbageComesStillDelivers() {
    try (SimulatedLink link = new SimulatedLink(50, 0.01, 3)) {
      Source source = link.pictures(0, 2_500_000);
      link.sound();
      link.time.each(20 * SimulatedLink.MS, () -> link.receiver.onDatagram(noFlow()));
      link.time.each(20 * SimulatedLink.MS, () -> link.sender.onNack(nack()));
      link.run(20).finish();

      assertThat(link.receiver.totals().malformed()).isPositive();
      assertThat(link.receiver.totals().unknown()).isPositive();
      assertThat(source.shareArrived()).isGreaterThan(0.99);
      assertThat(link.sender.totals().retransmitted()).isLessThan(source.sent);
    }
  }

  private byte[] noFlow() {
    byte[] bytes = bytes(1 + random.nextInt(50), 256);
    bytes[0] = (byte) (random.nextBoolean() ? 0 : 3 + random.nextInt(200));
    return bytes;
  }

  private byte[] nack() {
    byte[] bytes = bytes(20, 256);
    bytes[2] = 1;
    bytes[3] = 4;
    return bytes;
  }

  /** The fewer values there are, the more of them mean something. */
  private byte[] bytes(int length, int values) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) random.nextInt(values);
    }
    return bytes;
  }
}
