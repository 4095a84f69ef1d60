package live.sluice.bench.cascade;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import live.sluice.bench.BenchException;
import live.sluice.bench.proc.Scratch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code ./sluice bench cascade}: a laboratory of three regions; publishers in the first, players in the second, or, where
 * the first and the third are cut off from each other, in the third, two hops away.
 */
@Command(
    name = "cascade",
    mixinStandardHelpOptions = true,
    description = "What crosses regions in time, by round trip, loss, streams and hops. As root: it makes a laboratory.")
public final class CascadeCommand implements Callable<Integer> {
  private static final int RATE_MBPS = 200;

  /** Announcements turn to the way through the second region. */
  private static final int TURN_SECONDS = 8;

  /** Code that was never run yet is slow: not what is to be measured. */
  private static final int FIRST_SECONDS = 40;

  @Option(names = "--over", split = ",", defaultValue = "quic,tcp", description = "What streams cross by: ${DEFAULT-VALUE}.")
  private List<String> over = List.of();

  @Option(names = "--rtt", split = ",", defaultValue = "50,100,200", description = "ms of each hop: ${DEFAULT-VALUE}.")
  private List<Integer> roundTrips = List.of();

  @Option(names = "--loss", split = ",", defaultValue = "0,0.1,1,3", description = "percent each way: ${DEFAULT-VALUE}.")
  private List<Double> losses = List.of();

  @Option(names = "--streams", split = ",", defaultValue = "1,10", description = "at once: ${DEFAULT-VALUE}.")
  private List<Integer> streams = List.of();

  @Option(
      names = "--hops",
      split = ",",
      defaultValue = "0,1,2",
      description = "between publishers and players: ${DEFAULT-VALUE}. What a hop adds is told by those without any.")
  private List<Integer> hops = List.of();

  @Option(names = "--for", paramLabel = "SECONDS", defaultValue = "30", description = "of each cell: ${DEFAULT-VALUE}.")
  private int seconds;

  @Option(names = "--json", paramLabel = "FILE", description = "Writes all figures to this file, after each cell.")
  private @Nullable Path json;

  @Option(
      names = "--page",
      paramLabel = "FILE.md",
      description = "Writes a page, its chart and its figures (in a folder of that name beside it), after each cell.")
  private @Nullable Path page;

  @Option(names = "--resume", description = "Goes on with what an earlier run left in the file of figures.")
  private boolean resume;

  @Override
  public Integer call() throws InterruptedException {
    Matrix matrix = new Matrix(over, hops, streams, roundTrips, losses);
    if (seconds < 2) {
      throw new BenchException("--for takes 2 seconds at least");
    }
    if (page != null && !page.toString().endsWith(".md")) {
      throw new BenchException("--page takes a file that ends with .md");
    }
    if (resume && page == null && json == null) {
      throw new BenchException("--resume takes --page or --json, whose file is gone on with");
    }
    Figures figures = new Figures(file(), command());
    if (resume) {
      figures.resume();
    }
    List<Cell> cells = matrix.cells().stream().filter(cell -> !figures.has(cell)).toList();
    Countdown countdown = new Countdown(cells.size(), seconds);
    ResultLine.head(System.out);
    int failed = 0;
    try (Scratch scratch = Scratch.create("sluice-cascade")) {
      for (String way : over) {
        failed += run(way, cells.stream().filter(cell -> cell.over().equals(way)).toList(), figures, countdown, scratch);
      }
    }
    write(figures);
    return failed == 0 ? 0 : 1;
  }

  /** All cells of one laboratory; how many of them failed. */
  private int run(String way, List<Cell> cells, Figures figures, Countdown countdown, Scratch scratch)
      throws InterruptedException {
    if (cells.isEmpty()) {
      return 0;
    }
    System.err.println("Starting three regions, whose streams cross over " + way + " ...");
    int failed = 0;
    String name = "b" + way.charAt(0) + ProcessHandle.current().pid() % 10_000_000;
    try (Laboratory lab = Laboratory.up(name, way, RATE_MBPS)) {
      CellRun run = new CellRun(lab, scratch.directory());
      TimeUnit.SECONDS.sleep(TURN_SECONDS);
      int most = cells.stream().mapToInt(Cell::streams).max().orElse(1);
      System.err.println("warming up, " + FIRST_SECONDS + " s");
      measure(run, new Cell(way, 50, 0, most, 1), FIRST_SECONDS);
      boolean cut = false;
      for (Cell cell : cells) {
        if (cut != (cell.hops() == 2)) {
          cut = cell.hops() == 2;
          lab.cut(cut);
          TimeUnit.SECONDS.sleep(TURN_SECONDS);
        }
        System.err.println(countdown.next(cell));
        CellResult result = measure(run, cell, seconds);
        if (lab.isClosed()) {
          break; // interrupted: this cell was not measured to its end
        }
        failed += result.failure() == null ? 0 : 1;
        figures.add(result);
        ResultLine.print(result, System.out);
        write(figures);
      }
    }
    return failed;
  }

  /** A cell that can't be measured is told, and the others go on. */
  private static CellResult measure(CellRun run, Cell cell, int seconds) throws InterruptedException {
    try {
      return run.measure(cell, seconds);
    } catch (BenchException e) {
      return CellResult.failed(cell, Instant.now().toString(), String.valueOf(e.getMessage()));
    }
  }

  private @Nullable Path file() {
    Path at = page;
    return json != null || at == null ? json : folder(at).resolve("figures.json");
  }

  private static Path folder(Path page) {
    return page.resolveSibling(String.valueOf(page.getFileName()).replaceFirst("\\.md$", ""));
  }

  private void write(Figures figures) {
    Path to = page;
    if (to == null) {
      return;
    }
    try {
      Path folder = Files.createDirectories(folder(to));
      Files.writeString(folder.resolve("chart.svg"), new MissChart(figures).svg());
      Files.writeString(to, new CascadePage(figures, folder.getFileName() + "/chart.svg").text());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String command() {
    String line = System.getProperty("sun.java.command", "");
    int first = line.indexOf(' ');
    return "./sluice bench" + (first < 0 ? " cascade" : line.substring(first));
  }
}
