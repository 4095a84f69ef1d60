package live.sluice.rtp.rtcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import live.sluice.rtp.wire.Hex;
import org.junit.jupiter.api.Test;

class TransportFeedbackWriterTest {
  private static final long MS = 1_000_000;

  private final TransportFeedbackWriter writer = new TransportFeedbackWriter();
  private final ByteBuf out = Unpooled.buffer();

  /** What is read back: ticks by number. */
  private Map<Integer, Integer> readBack() {
    Map<Integer, Integer> arrivals = new TreeMap<>();
    RtcpListener listener =
        new RtcpListener() {
          @Override
          public void onTransportFeedback(TransportFeedback feedback) {
            for (int i = 0; i < feedback.count(); i++) {
              if (feedback.received(i)) {
                arrivals.put(feedback.baseSequence() + i, feedback.arrivalTicks(i));
              }
            }
          }
        };
    assertThat(new RtcpReader().read(out, listener)).isTrue();
    return arrivals;
  }

  @Test
  void aRunOfPacketsTakesOneChunk() {
    writer.start(100, 64 * MS);
    for (int i = 0; i < 20; i++) {
      assertThat(writer.add(i, (64 + i) * MS)).isTrue();
    }
    writer.write(out, 1, 2, 3);

    assertThat(Hex.of(out))
        .isEqualTo(
            "afcd000a" + "00000001" + "00000002" + "00640014" + "00000103" + "2014" + "00" + "04".repeat(19) + "0002");
    assertThat(readBack()).hasSize(20).containsEntry(119, 256 + 19 * 4);
  }

  @Test
  void lostPacketsBeforeAndBetweenAreTold() {
    writer.start(65_530, 64 * MS);
    assertThat(writer.add(3, 64 * MS)).isTrue();
    assertThat(writer.add(5, 65 * MS)).isTrue();
    assertThat(writer.add(2005, 66 * MS)).isTrue();
    writer.write(out, 1, 2, 3);

    assertThat(readBack()).isEqualTo(Map.of(65_533, 256, 65_535, 260, 67_535, 264));
  }

  @Test
  void timesMayGoBack() {
    writer.start(1, 640 * MS);
    assertThat(writer.add(0, 640 * MS)).isTrue();
    assertThat(writer.add(1, 100 * MS)).isTrue();
    assertThat(writer.add(2, 8000 * MS)).isTrue();
    writer.write(out, 1, 2, 3);

    assertThat(readBack()).isEqualTo(Map.of(1, 2560, 2, 400, 3, 32_000));
  }

  @Test
  void whatDoesNotFitIsLeftForTheNext() {
    writer.start(1, 0);
    assertThat(writer.add(0, 0)).isTrue();
    assertThat(writer.add(1, 8192 * MS)).isFalse();
    assertThat(writer.add(1, -8193 * MS)).isFalse();
    assertThat(writer.add(TransportFeedback.MAX_PACKETS, 1)).isFalse();
    assertThat(writer.add(TransportFeedback.MAX_PACKETS - 1, 1)).isTrue();
    assertThat(writer.received()).isEqualTo(2);
  }

  @Test
  void theReferenceWrapsAt24Bits() {
    long nanos = 64 * MS * ((5L << 24) + 7);
    writer.start(1, nanos);
    assertThat(writer.add(0, nanos + MS)).isTrue();
    writer.write(out, 1, 2, 3);
    writer.start(1, -64 * MS);
    assertThat(writer.add(0, -64 * MS)).isTrue();
    assertThat(readBack()).isEqualTo(Map.of(1, 7 * 256 + 4));
    writer.write(out.clear(), 1, 2, 3);
    assertThat(readBack()).isEqualTo(Map.of(1, -256));
  }

  @Test
  void anyPatternIsReadAsItWasWrittenAndFitsADatagram() {
    Random random = new Random(1);
    for (int round = 0; round < 2000; round++) {
      out.clear();
      int base = random.nextInt(65_536);
      double loss = random.nextDouble();
      int greatestGap = 1 + random.nextInt(random.nextBoolean() ? 3 : 200);
      int spread = 1 + random.nextInt(random.nextBoolean() ? 200 : 3000);
      long nanos = 1_000_000_000L * (1 + random.nextInt(100_000));
      Map<Integer, Integer> expected = new TreeMap<>();
      int index = random.nextInt(20);
      writer.start(base, nanos);
      while (writer.add(index, nanos)) {
        expected.put(base + index, (int) (nanos / TransportFeedback.TICK_NANOS));
        index += random.nextDouble() < loss ? 1 + random.nextInt(greatestGap) : 1;
        nanos += (random.nextInt(spread) - spread / 4) * TransportFeedback.TICK_NANOS;
      }
      writer.write(out, 1, 2, round);
      assertThat(out.readableBytes()).isLessThanOrEqualTo(TransportFeedbackWriter.MAX_BYTES);
      assertThat(readBack()).isEqualTo(expected);
    }
  }
}
