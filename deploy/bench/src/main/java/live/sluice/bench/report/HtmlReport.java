package live.sluice.bench.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import live.sluice.bench.BenchException;
import live.sluice.bench.measure.RunRecord;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** One page with charts of one or several runs. It needs nothing beside it: what draws the charts is in it. */
public final class HtmlReport {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final String UPLOT = "META-INF/resources/webjars/uplot/";

  private HtmlReport() {}

  /** The page of the records in these files, in their order. */
  public static String of(List<Path> files) {
    ArrayNode runs = MAPPER.createArrayNode();
    for (Path file : files) {
      String name = String.valueOf(file.getFileName()).replaceFirst("\\.json$", "");
      runs.addObject().put("name", name).set("run", record(file));
    }
    String uplot = UPLOT + uplotVersion() + "/dist/";
    // A slash of an end tag within the data or a script would end the element that holds them.
    return resource("live/sluice/bench/report/report.html")
        .replace("{{report.css}}", resource("live/sluice/bench/report/report.css"))
        .replace("{{report.js}}", resource("live/sluice/bench/report/report.js"))
        .replace("{{chart.css}}", resource(uplot + "uPlot.min.css"))
        .replace("{{chart.js}}", resource(uplot + "uPlot.iife.min.js").replace("</script", "<\\/script"))
        .replace("{{runs}}", runs.toString().replace("<", "\\u003c"));
  }

  private static JsonNode record(Path file) {
    try {
      JsonNode record = MAPPER.readTree(Files.readString(file));
      if (record.path("schema").asInt(0) != RunRecord.SCHEMA
          || !(record.path("play").isObject() || record.path("publish").isObject())) {
        throw new BenchException(file + " is not what --json of 'bench play' or 'bench publish' writes");
      }
      return record;
    } catch (IOException e) {
      throw new BenchException("can't read " + file + ": " + e.getMessage(), e);
    } catch (JacksonException e) {
      throw new BenchException(file + " holds no JSON: " + e.getOriginalMessage(), e);
    }
  }

  private static String uplotVersion() {
    Properties properties = new Properties();
    try (InputStream in = open("META-INF/maven/org.webjars.npm/uplot/pom.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version", "");
  }

  private static String resource(String name) {
    try (InputStream in = open(name)) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream open(String name) {
    InputStream in = HtmlReport.class.getClassLoader().getResourceAsStream(name);
    if (in == null) {
      throw new IllegalStateException("the class path has no " + name);
    }
    return in;
  }
}
