package live.sluice.bench.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import live.sluice.bench.BenchException;
import live.sluice.bench.measure.RunRecord;
import tools.jackson.databind.json.JsonMapper;

/** Records as JSON. */
public final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .changeDefaultPropertyInclusion(value -> value.withValueInclusion(JsonInclude.Include.NON_NULL))
          .build();

  private Json() {}

  /** One record, on one line. */
  public static String text(RunRecord record) {
    return MAPPER.writeValueAsString(record);
  }

  /** Writes a record to a file, or to {@code out} where the file's name is {@code -}. */
  public static void write(RunRecord record, String file, PrintStream out) {
    if (file.equals("-")) {
      out.println(text(record));
      return;
    }
    try {
      Files.writeString(Path.of(file), text(record) + '\n');
    } catch (IOException e) {
      throw new BenchException("can't write " + file + ": " + e.getMessage(), e);
    }
  }
}
