package live.sluice.bench;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Play a stream, or many, by the thousand. */
@Command(name = "play", description = "Play a stream, or many, by the thousand.")
final class PlayCommand implements Callable<Integer> {

  @Override
  public Integer call() {
    throw new BenchException("play is not there yet");
  }
}
