package live.sluice.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import live.sluice.bench.report.HtmlReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a page with charts from the JSON of one or several runs. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description = "Make a page with charts from the JSON of one or several runs.")
final class ReportCommand implements Callable<Integer> {
  @Parameters(arity = "1..*", paramLabel = "RUN.json", description = "what --json wrote; the files' names are the runs'")
  private List<Path> runs = List.of();

  @Option(names = "--out", paramLabel = "FILE", required = true, description = "the page to write")
  private Path out = Path.of("report.html");

  @Override
  public Integer call() {
    String page = HtmlReport.of(runs);
    try {
      Files.writeString(out, page);
    } catch (IOException e) {
      throw new BenchException("can't write " + out + ": " + e.getMessage(), e);
    }
    System.out.println("Wrote " + out);
    return 0;
  }
}
