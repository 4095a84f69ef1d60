package live.sluice.bench.cascade;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import live.sluice.bench.BenchException;
import live.sluice.bench.measure.Machine;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The results of a matrix as a file: a cell a line, written anew after each, so that an interrupted run can be resumed. */
final class Figures {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Map<Cell, CellResult> results = new LinkedHashMap<>();
  private final @Nullable Path file;
  private Machine machine = Machine.here();
  private String command;

  /**
   * None yet.
   *
   * @param file where they are written; null for nowhere
   */
  Figures(@Nullable Path file, String command) {
    this.file = file;
    this.command = command;
  }

  /** Takes what an earlier run left in the file, and its command and machine. */
  void resume() {
    Path from = file;
    if (from == null || !Files.exists(from)) {
      return;
    }
    try {
      JsonNode root = JSON.readTree(Files.readString(from));
      machine = JSON.treeToValue(root.path("machine"), Machine.class);
      command = root.path("command").asString();
      for (JsonNode cell : root.path("cells")) {
        CellResult result = JSON.treeToValue(cell, CellResult.class);
        results.put(result.cell(), result);
      }
    } catch (IOException | JacksonException e) {
      throw new BenchException("can't take up what is in " + from + ": " + e.getMessage(), e);
    }
  }

  /** Whether that cell was measured. One that failed was not. */
  boolean has(Cell cell) {
    CellResult result = results.get(cell);
    return result != null && result.failure() == null;
  }

  /** Adds a result, in place of an earlier one of that cell, and writes the file. */
  void add(CellResult result) {
    results.put(result.cell(), result);
    Path to = file;
    if (to == null) {
      return;
    }
    try {
      Path folder = to.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Path whole = to.resolveSibling(to.getFileName() + ".new");
      Files.writeString(whole, text());
      Files.move(whole, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new BenchException("can't write " + to + ": " + e.getMessage(), e);
    }
  }

  private String text() {
    StringBuilder text = new StringBuilder("{\"command\":").append(JSON.writeValueAsString(command));
    text.append(",\n\"machine\":").append(JSON.writeValueAsString(machine)).append(",\n\"cells\":[");
    String before = "\n";
    for (CellResult result : results.values()) {
      text.append(before).append(JSON.writeValueAsString(result));
      before = ",\n";
    }
    return text.append("\n]}\n").toString();
  }

  /** All of them, in the order of their first measurement. */
  List<CellResult> all() {
    return List.copyOf(results.values());
  }

  /** What was measured of that cell; null where nothing was. */
  @Nullable CellResult of(Cell cell) {
    return has(cell) ? results.get(cell) : null;
  }

  /** Where it was measured. */
  Machine machine() {
    return machine;
  }

  /** By which command. */
  String command() {
    return command;
  }
}
