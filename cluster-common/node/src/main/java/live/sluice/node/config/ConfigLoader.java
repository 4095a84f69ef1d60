package live.sluice.node.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a configuration from a file, the environment and the command line; the later win. Nothing that is wrong is
 * passed over: all problems are told at once.
 */
public final class ConfigLoader {
  private static final long MAX_FILE_BYTES = 1 << 20;

  private final List<Problem> problems = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();

  private ConfigLoader() {}

  /**
   * What was read.
   *
   * @param config the configuration
   * @param remarks what is odd, but no error; for the log
   */
  public record Loaded(NodeConfig config, List<String> remarks) {}

  /**
   * Reads and checks.
   *
   * @param file the file, null where there is none
   * @param environment such as {@link System#getenv()}
   * @param settings {@code key=value} from the command line, in their order
   * @throws ConfigException with all problems
   */
  public static Loaded load(@Nullable Path file, Map<String, String> environment, List<String> settings) {
    String text = "";
    String name = file == null ? "defaults" : String.valueOf(file.getFileName());
    List<Problem> unreadable = new ArrayList<>();
    if (file != null) {
      try {
        if (Files.size(file) > MAX_FILE_BYTES) {
          throw new IOException("it has more than 1 MiB");
        }
        text = Files.readString(file);
      } catch (IOException e) {
        unreadable.add(new Problem(file.toString(), "", "can't be read: " + reason(e)));
      }
    }
    return parse(name, text, environment, settings, unreadable);
  }

  private static String reason(IOException e) {
    return switch (e) {
      case java.nio.file.NoSuchFileException missing -> "there is no such file";
      case java.nio.file.AccessDeniedException denied -> "permission denied";
      case java.nio.charset.CharacterCodingException coding -> "it is not UTF-8";
      default -> String.valueOf(e.getMessage());
    };
  }

  /** The same with the text of the file in place of the file. */
  static Loaded parse(String fileName, String text, Map<String, String> environment, List<String> settings) {
    return parse(fileName, text, environment, settings, List.of());
  }

  private static Loaded parse(
      String fileName, String text, Map<String, String> environment, List<String> settings, List<Problem> before) {
    ConfigLoader loader = new ConfigLoader();
    loader.problems.addAll(before);
    YamlNode tree = YamlReader.read(text, line -> fileName + " line " + line, loader.problems);
    if (tree instanceof YamlNode.Members root) {
      new Overlay(root, loader.problems, loader.remarks).environment(environment).settings(settings);
    }
    NodeConfig config = new Binder(loader.problems).bind(NodeConfig.defaults(), tree, "");
    if (loader.problems.isEmpty()) {
      ConfigCheck.check(config, problem -> loader.problems.add(located(problem, tree, fileName)));
    }
    if (!loader.problems.isEmpty()) {
      throw new ConfigException(loader.problems);
    }
    return new Loaded(config, List.copyOf(loader.remarks));
  }

  /** Gives a problem of a checked key the place where the key was written. */
  private static Problem located(Problem problem, YamlNode tree, String fileName) {
    YamlNode node = tree;
    for (String part : problem.key().split("\\.", -1)) {
      YamlNode child = node instanceof YamlNode.Members m ? m.members().get(part) : null;
      if (child == null) {
        return new Problem(node == tree ? fileName : node.where(), problem.key(), problem.message());
      }
      node = child;
    }
    return new Problem(node.where(), problem.key(), problem.message());
  }

  /** The keys of a configuration with their values as written, secrets masked; for {@code --print-config}. */
  public static Map<String, String> describe(NodeConfig config) {
    Map<String, String> lines = new LinkedHashMap<>();
    Describe.into(lines, "", config);
    return lines;
  }
}
