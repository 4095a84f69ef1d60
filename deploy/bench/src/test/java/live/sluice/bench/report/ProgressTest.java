package live.sluice.bench.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import live.sluice.bench.measure.SeriesPoint;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private String after(boolean terminal, int seconds) {
    Progress progress = new Progress(new PrintStream(bytes, true, UTF_8), terminal, 60);
    for (int i = 1; i <= seconds; i++) {
      progress.show("measuring", new SeriesPoint(i, true, 10, 0, 12.5, 300, 0, null, 20.0, 40.0, 55.0, null, null, 3, 2));
    }
    progress.clear();
    return bytes.toString(UTF_8);
  }

  @Test
  void aTerminalSeesOneLineThatFitsAndIsTakenAway() {
    String text = after(true, 3);
    assertThat(text).doesNotContain("\n").endsWith("\r\033[K");
    for (String line : text.split("\r\033\\[K", -1)) {
      assertThat(line.length()).isLessThan(60);
    }
  }

  @Test
  void elsewhereALineComesEachFiveSeconds() {
    String text = after(false, 11);
    assertThat(text.lines()).hasSize(3).allMatch(line -> line.contains("latency 20.0/40.0 ms"));
  }
}
