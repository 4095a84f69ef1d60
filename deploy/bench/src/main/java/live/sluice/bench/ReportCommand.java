package live.sluice.bench;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Make a page with charts from the JSON of one or several runs. */
@Command(name = "report", description = "Make a page with charts from the JSON of one or several runs.")
final class ReportCommand implements Callable<Integer> {

  @Override
  public Integer call() {
    throw new BenchException("report is not there yet");
  }
}
