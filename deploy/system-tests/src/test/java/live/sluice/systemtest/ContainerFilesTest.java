package live.sluice.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import live.sluice.systemtest.kit.Lab;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The Dockerfile and the Compose file agree with the rest, as far as that can be seen without an engine. */
class ContainerFilesTest {

  private static final Path CONTAINER = Lab.repository().resolve("deploy/container");
  private static final Pattern REFERENCE_KEY = Pattern.compile("^( *)([a-z][a-z0-9-]*):.*");

  @Test
  void thereAreTwoOriginsThreeEdgesAndNginx() throws IOException {
    assertThat(services().propertyNames())
        .containsExactly("origin-0", "origin-1", "edge-0", "edge-1", "edge-2", "nginx");
    for (String name : nodes()) {
      String command = services().path(name).path("command").path(0).asString();
      assertThat(command).isEqualTo(name.startsWith("origin") ? "sluice-origin" : "sluice-edge");
      assertThat(Lab.repository().resolve("deploy/dist/src/bin").resolve(command)).exists();
    }
  }

  @Test
  void everyVariableStandsForAKeyOfTheReference() throws IOException {
    Set<String> keys = referenceVariables();
    assertThat(keys).contains("SLUICE_RTMP_PORT", "SLUICE_CLUSTER_MEMBERS");
    Matcher matcher = Pattern.compile("^ +(SLUICE_[A-Z_]+):", Pattern.MULTILINE)
        .matcher(Files.readString(CONTAINER.resolve("compose.yaml")));
    int found = 0;
    while (matcher.find()) {
      assertThat(keys).contains(matcher.group(1));
      found++;
    }
    assertThat(found).isPositive();
    assertThat(Files.readString(CONTAINER.resolve("Dockerfile"))).contains("SLUICE_LOG_FORMAT=json");
    assertThat(keys).contains("SLUICE_LOG_FORMAT");
  }

  @Test
  void everyNodeIsToldToTheOthersByItsOwnName() throws IOException {
    String text = Files.readString(CONTAINER.resolve("compose.yaml"));
    for (String name : nodes()) {
      JsonNode environment = services().path(name).path("environment");
      assertThat(environment.path("SLUICE_NODE_NAME").asString()).isEqualTo(name);
      assertThat(environment.path("SLUICE_NODE_HOST").asString()).isEqualTo(name);
    }
    assertThat(text).contains("SLUICE_CLUSTER_MEMBERS: origin-0:5701,origin-1:5701")
        .contains("SLUICE_CLUSTER_MEMBERS: origin-0:5702,origin-1:5702");
  }

  @Test
  void noTwoServicesShareAPortOfTheHost() throws IOException {
    List<String> ports = new ArrayList<>();
    services().forEach(service -> service.path("ports").forEach(port -> {
      String[] parts = port.asString().split(":", -1);
      String inside = parts[parts.length - 1];
      ports.add(parts[parts.length - 2] + (inside.endsWith("/udp") ? "/udp" : ""));
    }));
    assertThat(ports).doesNotHaveDuplicates().contains("1935", "8080", "8888", "8000", "8000/udp");
  }

  @Test
  void playersOfWebRtcAreToldThePortThatIsMappedToTheNode() throws IOException {
    for (String name : nodes()) {
      JsonNode service = services().path(name);
      String told = service.path("environment").path("SLUICE_RTC_CANDIDATES").asString();
      assertThat(told).startsWith("${SLUICE_PUBLIC_ADDRESS:-127.0.0.1}:");
      String port = told.substring(told.lastIndexOf(':') + 1);
      List<String> mapped = service.path("ports").values().stream().map(JsonNode::asString).toList();
      assertThat(mapped).contains(port + ":8000/udp", port + ":8000/tcp");
    }
    assertThat(Files.readString(CONTAINER.resolve("Dockerfile"))).contains("8000/udp 8000/tcp");
  }

  @Test
  void nginxGetsFilesThatAreThereAndEveryEdge() throws IOException {
    JsonNode nginx = services().path("nginx");
    List<String> mounted = new ArrayList<>();
    nginx.path("volumes").forEach(volume -> {
      String[] parts = volume.asString().split(":", -1);
      assertThat(CONTAINER.resolve(parts[0])).exists();
      mounted.add(parts[1]);
    });
    String main = Files.readString(Lab.repository().resolve("nginx/nginx-flv.conf"));
    Matcher include = Pattern.compile("include (site/\\S+);").matcher(main);
    while (include.find()) {
      assertThat(mounted).contains("/etc/sluice/" + include.group(1));
    }
    assertThat(mounted).contains("/etc/sluice/site/nodes.conf");
    String servers = Files.readString(CONTAINER.resolve("site/nodes.conf"));
    for (String name : nodes()) {
      assertThat(servers.contains("server " + name + ":8080")).isEqualTo(name.startsWith("edge"));
    }
  }

  @Test
  void theImageRunsAsNobodyInParticularAndIsAskedWhetherItLives() throws IOException {
    List<String> lines = Files.readAllLines(CONTAINER.resolve("Dockerfile"));
    assertThat(lines).contains("ARG BASE=eclipse-temurin:25-jre", "FROM ${BASE}", "USER 10001:10001");
    assertThat(lines).anyMatch(line -> line.startsWith("HEALTHCHECK") && line.contains("sluice-health"));
  }

  private static JsonNode services() throws IOException {
    // Merge keys (<<) are Compose's business: Jackson leaves them as they stand, which is enough here.
    return YAMLMapper.builder().build().readTree(Files.readString(CONTAINER.resolve("compose.yaml"))).path("services");
  }

  private static List<String> nodes() throws IOException {
    return services().propertyNames().stream().filter(name -> !name.equals("nginx")).toList();
  }

  private static Set<String> referenceVariables() throws IOException {
    Set<String> variables = new TreeSet<>();
    String section = "";
    Path reference =
        Lab.repository().resolve("cluster-common/node/src/main/resources/live/sluice/node/reference.yaml");
    for (String line : Files.readAllLines(reference)) {
      Matcher matcher = REFERENCE_KEY.matcher(line);
      if (matcher.matches()) {
        boolean top = matcher.group(1).isEmpty();
        String key = matcher.group(2).replace('-', '_').toUpperCase(Locale.ROOT);
        section = top ? key : section;
        variables.add(top ? "SLUICE_" + key : "SLUICE_" + section + "_" + key);
      }
    }
    return variables;
  }
}
