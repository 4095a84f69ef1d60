package live.sluice.rtp.receive;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import live.sluice.rtp.rtcp.RtcpListener;
import live.sluice.rtp.rtcp.RtcpReader;
import live.sluice.rtp.rtcp.TransportFeedback;
import org.junit.jupiter.api.Test;

class TransportFeedbackBuilderTest {
  private static final long MS = 1_000_000;

  private final TransportFeedbackBuilder builder = new TransportFeedbackBuilder();
  private final ByteBuf out = Unpooled.buffer();
  private long now = 1_000 * MS;

  private void packet(int sequence) {
    builder.onPacket(sequence & 0xffff, now);
    now += MS;
  }

  /** What is due, a text for each feedback: its number, the first packet, and a sign for each. */
  private List<String> written() {
    List<String> all = new ArrayList<>();
    RtcpListener listener =
        new RtcpListener() {
          @Override
          public void onTransportFeedback(TransportFeedback feedback) {
            StringBuilder line = new StringBuilder().append(feedback.number()).append(' ');
            line.append(feedback.baseSequence()).append(' ');
            for (int i = 0; i < Math.min(feedback.count(), 32); i++) {
              line.append(feedback.received(i) ? '+' : '-');
            }
            all.add(line.toString());
          }
        };
    boolean more = true;
    while (more) {
      more = builder.write(out.clear(), 1, 2, now);
      if (out.isReadable()) {
        assertThat(new RtcpReader().read(out, listener)).isTrue();
      }
    }
    return all;
  }

  @Test
  void itIsDueAfterItsIntervalAndOnlyIfAnythingCame() {
    assertThat(builder.isDue(now)).isFalse();
    packet(1);
    assertThat(builder.isDue(now)).isFalse();
    now += TransportFeedbackBuilder.INTERVAL_NANOS;
    assertThat(builder.isDue(now)).isTrue();

    assertThat(written()).containsExactly("0 1 +");

    now += TransportFeedbackBuilder.INTERVAL_NANOS;
    assertThat(builder.isDue(now)).isFalse();
    assertThat(written()).isEmpty();
    packet(2);
    assertThat(builder.isDue(now)).isTrue();
  }

  @Test
  void eachGoesOnWhereTheOneBeforeEnded() {
    packet(65_534);
    packet(0);
    assertThat(written()).containsExactly("0 65534 +-+");
    packet(3);

    assertThat(written()).containsExactly("1 1 --+");
  }

  @Test
  void reorderedPacketsAreSortedAndDuplicatesDropped() {
    packet(10);
    packet(13);
    packet(12);
    packet(13);
    packet(9);

    assertThat(written()).containsExactly("0 9 +", "1 10 +-++");
  }

  @Test
  void lateOnesHaveAFeedbackOfTheirOwn() {
    packet(10);
    packet(15);
    written();
    packet(12);
    packet(13);
    packet(16);

    assertThat(written()).containsExactly("1 12 ++", "2 16 +");
  }

  @Test
  void aGapTooWideToTellIsNotTold() {
    packet(10);
    packet(10 + TransportFeedback.MAX_PACKETS);
    assertThat(written()).containsExactly("0 10 +", "1 11 " + "-".repeat(32));
    packet(11 + 3 * TransportFeedback.MAX_PACKETS);

    assertThat(written()).containsExactly("2 " + (11 + 3 * TransportFeedback.MAX_PACKETS) + " +");
  }

  @Test
  void aFloodIsDueAtOnceAndWhatIsHeldIsBounded() {
    for (int i = 0; i < 3000; i++) {
      builder.onPacket(i, now);
    }

    assertThat(builder.isDue(now)).isTrue();
    int told = 0;
    for (String line : written()) {
      told++;
      assertThat(line).endsWith("+".repeat(32));
    }
    assertThat(told).isBetween(2, 3);
  }
}
