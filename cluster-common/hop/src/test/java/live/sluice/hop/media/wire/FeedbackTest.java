package live.sluice.hop.media.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FeedbackTest {
  private final FeedbackWriter writer = new FeedbackWriter();
  private final FeedbackReader reader = new FeedbackReader();

  @Test
  void tellsWhatWasWritten() {
    writer.begin(65_535, 0xabcdef, 77, 12, -2, 1_000_000, 999_000);
    writer.delay(0x010203, 0xfffffe, 5);
    writer.flow(3, 65_535, 0);
    writer.flow(400, 1000, 2);
    writer.arrived(1);
    writer.arrived(16);
    byte[] datagram = writer.take();

    assertThat(LinkDatagram.type(datagram)).isEqualTo(LinkDatagram.FEEDBACK);
    assertThat(reader.wrap(datagram)).isTrue();
    assertThat(reader.number()).isEqualTo(65_535);
    assertThat(reader.now()).isEqualTo(0xabcdef);
    assertThat(reader.idle()).isEqualTo(77);
    assertThat(reader.reorderingMs()).isEqualTo(12);
    assertThat(reader.bytes()).isEqualTo(-2);
    assertThat(reader.expected()).isEqualTo(1_000_000);
    assertThat(reader.arrived()).isEqualTo(999_000);
    assertThat(reader.hasDelay()).isTrue();
    assertThat(reader.newestSendTime()).isEqualTo(0x010203);
    assertThat(reader.leastTransit()).isEqualTo(0xfffffe);
    assertThat(reader.mostTransit()).isEqualTo(5);
    assertThat(reader.nextFlow()).isTrue();
    assertThat(reader.flowId()).isEqualTo(3);
    assertThat(reader.highest()).isEqualTo(65_535);
    assertThat(reader.told()).isZero();
    assertThat(reader.nextFlow()).isTrue();
    assertThat(reader.flowId()).isEqualTo(400);
    assertThat(reader.told()).isEqualTo(16);
    assertThat(reader.hasArrived(1)).isTrue();
    assertThat(reader.hasArrived(2)).isFalse();
    assertThat(reader.hasArrived(16)).isTrue();
    assertThat(reader.nextFlow()).isFalse();
  }

  @Test
  void withoutPacketsThereIsNoDelay() {
    writer.begin(1, 2, 3, 4, 5, 6, 7);
    assertThat(writer.isEmpty()).isTrue();
    assertThat(reader.wrap(writer.take())).isTrue();

    assertThat(reader.hasDelay()).isFalse();
    assertThat(reader.nextFlow()).isFalse();
  }

  @Test
  void isNeverLargerThanADatagram() {
    writer.begin(1, 2, 3, 4, 5, 6, 7);
    int flows = 0;
    while (writer.hasRoom(20_000, 255)) {
      writer.flow(20_000, 1, 255);
      flows++;
    }

    assertThat(flows).isEqualTo(4);
    assertThat(writer.take().length).isLessThanOrEqualTo(1200);
  }

  @Test
  void whatIsCutOffIsNotRead() {
    writer.begin(1, 2, 3, 4, 5, 6, 7);
    writer.flow(5, 1, 10);
    byte[] datagram = writer.take();

    assertThat(reader.wrap(Arrays.copyOf(datagram, datagram.length - 1))).isTrue();
    assertThat(reader.nextFlow()).isFalse();
    assertThat(reader.wrap(Arrays.copyOf(datagram, 20))).isFalse();
  }
}
