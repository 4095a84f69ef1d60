package live.sluice.hop.media.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class NackTest {
  private final NackWriter writer = new NackWriter();
  private final NackReader reader = new NackReader();

  @Test
  void asksForWhatWasAdded() {
    writer.add(1, 10);
    writer.add(1, 11);
    writer.add(1, 26);
    writer.add(1, 27);
    writer.add(700, 65_535);
    writer.add(700, 0);
    byte[] datagram = writer.take();

    assertThat(LinkDatagram.type(datagram)).isEqualTo(LinkDatagram.NACK);
    assertThat(read(datagram)).containsExactly("1:10", "1:11", "1:26", "1:27", "700:65535", "700:0");
    assertThat(datagram).hasSize(2 + 2 + 8 + 3 + 4);
    assertThat(writer.isEmpty()).isTrue();
  }

  @Test
  void whatDoesNotFitGoesIntoAnother() {
    List<String> wanted = new ArrayList<>();
    List<String> asked = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      wanted.add("5:" + 20 * i);
      if (!writer.add(5, 20 * i)) {
        byte[] datagram = writer.take();
        assertThat(datagram.length).isBetween(1190, 1200);
        asked.addAll(read(datagram));
        assertThat(writer.add(5, 20 * i)).isTrue();
      }
    }
    asked.addAll(read(writer.take()));

    assertThat(asked).isEqualTo(wanted);
  }

  @Test
  void oneThatIsCutOffAsksForTheRest() {
    writer.add(1, 10);
    writer.add(1, 100);
    byte[] datagram = writer.take();

    assertThat(read(Arrays.copyOf(datagram, datagram.length - 1))).containsExactly("1:10");
  }

  private List<String> read(byte[] datagram) {
    List<String> asked = new ArrayList<>();
    reader.wrap(datagram);
    while (reader.next()) {
      asked.add(reader.flowId() + ":" + reader.sequence());
    }
    return asked;
  }
}
