package live.sluice.node;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What nodes are started with day by day: {@code --config FILE} and {@code --set KEY=VALUE}. These are read without
 * picocli, whose classes are of a version that no start-up cache takes in: it makes a sixth of the time to start.
 */
record UsualArguments(@Nullable Path config, List<String> settings) {

  /** With one of these a value begins that picocli would not take as it stands. */
  private static final String ODD = "-@\"'";

  /** What {@code args} say; null where they are for picocli to read, or to complain of. */
  static @Nullable UsualArguments of(String... args) {
    Path config = null;
    List<String> settings = new ArrayList<>();
    for (int i = 0; i + 1 < args.length; i += 2) {
      String value = args[i + 1];
      if (value.isEmpty() || ODD.indexOf(value.charAt(0)) >= 0) {
        return null;
      } else if (args[i].equals("--set")) {
        settings.add(value);
      } else if (args[i].equals("--config") && config == null) {
        config = Path.of(value);
      } else {
        return null;
      }
    }
    return args.length % 2 == 0 ? new UsualArguments(config, settings) : null;
  }
}
