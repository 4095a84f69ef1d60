package live.sluice.launcher.lab;

import picocli.CommandLine.Option;

/** Which of the laboratories on this machine a command is about. */
final class LabOption {
  static final String DEFAULT = "lab";

  @Option(
      names = "--name",
      paramLabel = "NAME",
      defaultValue = DEFAULT,
      description = "which laboratory (${DEFAULT-VALUE}); several can be up side by side")
  private String name = DEFAULT;

  LabHome home() {
    return new LabHome(name);
  }
}
