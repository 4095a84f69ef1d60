package live.sluice.bench;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Publish a stream, or many. */
@Command(name = "publish", description = "Publish a stream, or many.")
final class PublishCommand implements Callable<Integer> {

  @Override
  public Integer call() {
    throw new BenchException("publish is not there yet");
  }
}
