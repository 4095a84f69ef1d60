package live.sluice.bench.cascade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import live.sluice.bench.BenchException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FiguresTest {
  private static final Cell ONE = new Cell("quic", 50, 0.1, 1, 1);
  private static final Cell TWO = new Cell("tcp", 50, 0.1, 1, 1);

  @TempDir private Path folder;

  @Test
  void whatAnInterruptedRunLeftIsGoneOnWith() {
    Path file = folder.resolve("a/figures.json");
    Figures first = new Figures(file, "./sluice bench cascade");
    CellResult result = Samples.result(ONE, 99_950, 30, 40);
    first.add(result);
    Figures second = new Figures(file, "another");
    second.resume();
    assertThat(second.has(ONE)).isTrue();
    assertThat(second.has(TWO)).isFalse();
    assertThat(second.all()).containsExactly(result);
    assertThat(second.command()).isEqualTo("./sluice bench cascade");
  }

  @Test
  void aCellThatFailedIsMeasuredAgainAndItsPlaceStays() {
    Path file = folder.resolve("figures.json");
    Figures figures = new Figures(file, "");
    figures.add(CellResult.failed(ONE, "", "no players"));
    figures.add(Samples.result(TWO, 99_950, 30, 40));
    figures.resume();
    assertThat(figures.has(ONE)).isFalse();
    assertThat(figures.of(ONE)).isNull();
    figures.add(Samples.result(ONE, 99_950, 30, 40));
    assertThat(figures.all()).extracting(CellResult::cell).containsExactly(ONE, TWO);
  }

  @Test
  void whatIsNoFileOfFiguresIsNotWrittenOver() throws IOException {
    Path file = Files.writeString(folder.resolve("figures.json"), "{\"cells\": [{\"cell\": ");
    assertThatThrownBy(() -> new Figures(file, "").resume())
        .isInstanceOf(BenchException.class)
        .hasMessageContaining("figures.json");
  }
}
