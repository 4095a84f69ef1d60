package live.sluice.bench;

import java.time.Duration;
import live.sluice.bench.cascade.CascadeCommand;
import live.sluice.bench.compare.CompareCommand;
import live.sluice.bench.floor.LimitCommand;
import live.sluice.bench.model.ModelCommand;
import live.sluice.bench.quic.QuicCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The entry point behind {@code ./sluice bench}. Exit status: 0 done, 1 it could not be done or clients failed (the
 * reason is on standard error), 2 the command line was not understood.
 */
@Command(
    name = "sluice bench",
    description = "Makes load, on this or any other server, and measures.",
    subcommands = {
      PublishCommand.class,
      PlayCommand.class,
      ReportCommand.class,
      LimitCommand.class,
      CompareCommand.class,
      ModelCommand.class,
      QuicCommand.class,
      CascadeCommand.class,
      CommandLine.HelpCommand.class
    })
public final class Main {
  private Main() {}

  /** Runs one command, and exits the JVM with its status. */
  public static void main(String[] arguments) {
    System.exit(run(arguments.length == 0 ? new String[] {"help"} : arguments));
  }

  /** Runs one command and returns its exit status. */
  public static int run(String... arguments) {
    // Nothing here logs; Netty's and its logging's own remarks are for nobody.
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    CommandLine line = new CommandLine(new Main());
    line.registerConverter(Duration.class, Units::duration);
    line.setExecutionExceptionHandler(
        (exception, command, parsed) -> {
          if (exception instanceof BenchException told) {
            System.err.println("sluice bench: " + told.getMessage());
            return 1;
          }
          throw exception;
        });
    return line.execute(arguments);
  }
}
