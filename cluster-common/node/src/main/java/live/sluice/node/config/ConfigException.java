package live.sluice.node.config;

import java.util.List;
import java.util.stream.Collectors;
import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;

/** A configuration that can't be used, with everything that is wrong with it, one problem a line. */
public final class ConfigException extends SluiceException {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  ConfigException(List<Problem> problems) {
    super(
        ErrorCode.CONFIG_INVALID,
        problems.stream().map(Problem::toString).distinct().collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** All problems, in the order of the file where they have one. */
  public List<Problem> problems() {
    return problems;
  }
}
