package live.sluice.launcher;

import live.sluice.launcher.lab.LabCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The entry point behind {@code ./sluice}. Exit status: 0 done, 1 it could not be done (the reason is on standard
 * error), 2 the command line was not understood; {@code status} and {@code logs} have 3 for "nothing is up".
 */
@Command(
    name = "sluice",
    description = "A clustered origin-edge live streaming server.",
    subcommands = {
      UpCommand.class,
      DownCommand.class,
      StatusCommand.class,
      LogsCommand.class,
      CertsCommand.class,
      LabCommand.class,
      CommandLine.HelpCommand.class
    },
    footer = {
      "",
      "./sluice test [--fast] [--fuzz] installs what the tests need, and runs them.",
      "./sluice bench makes load, on this or any other server, and measures."
    })
public final class Main {
  private Main() {}

  /** Runs one command, and exits the JVM with its status. */
  public static void main(String[] arguments) {
    CommandLine line = new CommandLine(new Main());
    line.setExecutionExceptionHandler(
        (exception, command, parsed) -> {
          if (exception instanceof LaunchException told) {
            System.err.println("sluice: " + told.getMessage());
            return 1;
          }
          throw exception;
        });
    System.exit(line.execute(arguments));
  }
}
