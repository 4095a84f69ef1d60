package live.sluice.launcher.lab;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What {@code ./sluice lab} can do. */
@Command(
    name = "lab",
    description = "A laboratory on this machine: regions with long, lossy ways between them.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      LabUp.class,
      LabStatus.class,
      LabSet.class,
      LabCut.class,
      LabHeal.class,
      LabKill.class,
      LabStart.class,
      LabPid.class,
      LabDown.class,
      CommandLine.HelpCommand.class
    },
    footer = {
      "",
      "./sluice lab exec [--name NAME] REGION -- COMMAND runs a command in a region, with the",
      "terminal, environment, folder and exit status of its caller.",
      "It takes root, and iproute2."
    })
public final class LabCommand {}
