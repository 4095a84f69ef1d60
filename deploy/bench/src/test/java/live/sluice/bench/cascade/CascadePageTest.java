package live.sluice.bench.cascade;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class CascadePageTest {
  private final Figures figures = new Figures(null, "./sluice bench cascade --page x.md");

  CascadePageTest() {
    figures.add(Samples.result(new Cell("quic", 0, 0, 10, 0), 100_000, 3, 9));
    figures.add(Samples.result(new Cell("quic", 50, 0, 10, 1), 100_000, 29, 33));
    figures.add(Samples.result(new Cell("quic", 50, 1, 10, 1), 99_899, 30, 95));
    figures.add(Samples.result(new Cell("tcp", 50, 1, 10, 1), 80_000, 60, 900));
    figures.add(CellResult.failed(new Cell("quic", 50, 3, 10, 1), "2026-01-02T04:00:00Z", "no\nplayers"));
  }

  private String page() {
    return new CascadePage(figures, "x/chart.svg").text();
  }

  @Test
  void eachCellStandsBesideTheOneOverTcpWithItsBar() {
    assertThat(page())
        .contains("| 1 | 10 | 50 ms | 0 % | 100.000 | 99.9 | 100.000 | 29.0; 33.0 | - | - |")
        .contains("| 1 | 10 | 50 ms | 1 % | 99.899 | 99.9, **missed** | 100.000 | 30.0; 95.0 | 80.000 | 60.0; 900.0 |");
  }

  @Test
  void addedDelayIsToldWhereNothingIsLost() {
    assertThat(page())
        .contains("| 0 |  | 10 |  | 3.0 | 9.0 |  |  |")
        .contains("| 1 | quic | 10 | 50 ms | 4.0 | 8.0 | -1.0 | met |");
  }

  @Test
  void aBadCellExplainsItself() {
    assertThat(page())
        .contains("Of 3 cells over QUIC, 1 meet their bar.")
        .contains("- **1 hop over quic, 50 ms, 1 %, 10 x 2.5 Mb/s**: 99.899 % in time; load average 1.5, CPU of nodes 41 %")
        .contains("1000 sent, 17 of them again, 5 left out {rest=5}, estimate 3.2 Mb/s at least")
        .contains("- **1 hop over quic, 50 ms, 3 %, 10 x 2.5 Mb/s**: failed: no players");
  }

  @Test
  void theChartIsWellFormedAndHasAPointForEachCellThatCrosses() throws Exception {
    String svg = new MissChart(figures).svg();
    DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    assertThat(svg.split("<circle", -1)).hasSize(1 + 3);
    assertThat(svg).contains("1 hop, 10 streams of 2.5 Mb/s").contains("50 ms");
  }

  @Test
  void withoutFiguresThereIsAPageToo() {
    Figures none = new Figures(null, "");
    assertThat(new CascadePage(none, "c.svg").text()).contains("Of 0 cells");
    assertThat(new MissChart(none).svg()).endsWith("</svg>\n");
  }
}
