package live.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import live.sluice.bench.measure.GeneratorFigures;
import live.sluice.bench.measure.PlaySummary;
import live.sluice.bench.measure.PublishSummary;
import live.sluice.bench.measure.RunRecord;
import live.sluice.bench.measure.SeriesPoint;
import live.sluice.bench.measure.ServerFigures;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** What docs/bench.md tells is what there is. */
class DocsTest {
  private static String docs() throws IOException {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve("docs")) || !Files.exists(folder.resolve("LICENSE"))) {
      folder = folder.getParent();
    }
    return Files.readString(folder.resolve("docs/bench.md"));
  }

  private static Stream<String> options(Object command) {
    return new CommandLine(command)
        .getCommandSpec().options().stream()
            .map(OptionSpec::longestName)
            .filter(name -> !List.of("--help", "--version").contains(name));
  }

  @Test
  void everyOptionIsThere() throws IOException {
    String docs = docs();
    Stream.concat(options(new PlayCommand()), options(new PublishCommand()))
        .forEach(name -> assertThat(docs).contains("`" + name));
  }

  @Test
  void everyFieldOfARecordIsThere() throws IOException {
    String docs = docs();
    Stream.of(
            RunRecord.class,
            PlaySummary.class,
            PlaySummary.Packets.class,
            PlaySummary.Slow.class,
            PublishSummary.class,
            PublishSummary.Feedback.class,
            ServerFigures.class,
            GeneratorFigures.class,
            SeriesPoint.class)
        .flatMap(record -> Arrays.stream(record.getRecordComponents()))
        .map(RecordComponent::getName)
        .forEach(name -> assertThat(docs).contains("`" + name + "`"));
  }
}
