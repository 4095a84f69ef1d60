package live.sluice.node.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import live.sluice.media.SluiceException;
import live.sluice.media.StreamKey;
import live.sluice.rtc.ice.HostAddress;

/** What can be wrong between keys, each of which is good by itself. */
final class ConfigCheck {
  private static final List<String> WILDCARDS = List.of("*", "0.0.0.0", "::", "[::]");

  private final NodeConfig config;
  private final Consumer<Problem> wrong;

  private ConfigCheck(NodeConfig config, Consumer<Problem> wrong) {
    this.config = config;
    this.wrong = wrong;
  }

  static void check(NodeConfig config, Consumer<Problem> wrong) {
    ConfigCheck check = new ConfigCheck(config, wrong);
    check.tls();
    check.rtc();
    HopCheck.check(config, check::problem);
    check.auth();
    check.ports();
    check.cluster();
    check.vhosts();
    check.pull();
    if (WILDCARDS.contains(config.node().host())) {
      check.problem("node.host", "is a wildcard, which nobody can connect to; name an address of this machine");
    }
  }

  private void problem(String key, String message) {
    wrong.accept(new Problem("", key, message));
  }

  private void tls() {
    TlsSection tls = config.tls();
    if (tls.certificate().isEmpty() != tls.key().isEmpty()) {
      problem(tls.key().isEmpty() ? "tls.key" : "tls.certificate", "is missing: TLS needs both of them");
    }
    readable("tls.certificate", tls.certificate());
    readable("tls.key", tls.key());
  }

  private void rtc() {
    for (String candidate : config.rtc().candidates()) {
      if (HostAddress.parse(candidate) == null) {
        problem(
            "rtc.candidates",
            "names '" + candidate + "', and must name IP addresses of hosts, each with a port or without");
      }
    }
    for (IceServerSection server : config.rtc().iceServers()) {
      if (server.url().isEmpty()) {
        problem("rtc.ice-servers", "needs a url in each entry");
      }
    }
  }

  private void auth() {
    tokens("auth.publish-tokens", config.auth().publishTokens());
    tokens("auth.play-tokens", config.auth().playTokens());
    if (!config.auth().playTokens().isEmpty() && config.cluster().secret().isEmpty()) {
      problem(
          "auth.play-tokens",
          "needs cluster.secret: nodes play without a token, and without a secret anybody may say to be one");
    }
  }

  /** The message does not show a token: it goes to a log. */
  private void tokens(String key, List<String> tokens) {
    for (String token : tokens) {
      if (!token.matches("[!-~]{1,512}")) {
        problem(key, "has a token that is not 1 to 512 characters without blanks");
      }
    }
  }

  private void readable(String key, String file) {
    if (!file.isEmpty() && !Files.isReadable(Path.of(file))) {
      problem(key, "is '" + file + "', which " + (Files.exists(Path.of(file)) ? "can't be read" : "is not there"));
    }
  }

  private void ports() {
    Map<Integer, String> taken = new HashMap<>();
    boolean tls = !config.tls().certificate().isEmpty();
    port(taken, "rtmp.port", config.rtmp().port());
    port(taken, "http.port", config.http().port());
    port(taken, "api.port", config.api().port());
    if (config.rtc().enabled() && config.rtc().tcp()) {
      port(taken, "rtc.port", config.rtc().port());
    }
    if (config.rtc().enabled() && config.hop().enabled()) {
      Map<Integer, String> datagrams = new HashMap<>();
      port(datagrams, "rtc.port", config.rtc().port());
      port(datagrams, "hop.port", config.hop().port());
    }
    if (tls) {
      port(taken, "rtmp.tls-port", config.rtmp().tlsPort());
      port(taken, "http.tls-port", config.http().tlsPort());
      port(taken, "api.tls-port", config.api().tlsPort());
    }
    if (!config.cluster().members().isEmpty() || !config.cluster().kubernetesService().isEmpty()) {
      port(taken, "cluster.member-port", config.cluster().memberPort());
      port(taken, "cluster.client-port", config.cluster().clientPort());
    }
  }

  private void port(Map<Integer, String> taken, String key, int port) {
    String other = port == 0 ? null : taken.putIfAbsent(port, key);
    if (other != null) {
      problem(key, "is " + port + ", which " + other + " is too");
    }
  }

  private void cluster() {
    ClusterSection cluster = config.cluster();
    for (String member : cluster.members()) {
      if (!member.matches("(\\[[0-9A-Fa-f:.%]+]|[^:\\s\\[\\]]+):[0-9]{1,5}")) {
        problem("cluster.members", "names '" + member + "', and must name host:port, always with the port");
      }
    }
    if (!cluster.members().isEmpty() && !cluster.kubernetesService().isEmpty()) {
      problem("cluster.kubernetes-service", "is set, and so is cluster.members; one of them must go");
    }
    if (WILDCARDS.contains(cluster.listen()) && !cluster.allowWildcard()) {
      problem(
          "cluster.listen",
          "is a wildcard, and whoever reaches the member port is a member; name a private address, or set"
              + " cluster.allow-wildcard");
    }
    int origins = cluster.origins() > 0 ? cluster.origins() : cluster.members().size();
    if (cluster.quorum() && origins < 3) {
      problem("cluster.quorum", "needs three origins or more: name them in cluster.members, or set cluster.origins");
    }
    if (cluster.lease().compareTo(cluster.renewal().multipliedBy(3)) < 0) {
      problem("cluster.lease", "must be three times cluster.renewal or more");
    }
  }

  private void vhosts() {
    for (String vhost : config.vhosts().keySet()) {
      try {
        new StreamKey(vhost, "app", "name");
      } catch (SluiceException e) {
        problem("vhosts", "can't be used: " + e.getMessage());
      }
    }
  }

  private void pull() {
    PullSection pull = config.pull();
    if (pull.backoffMin().compareTo(pull.backoffMax()) > 0) {
      problem("pull.backoff-min", "is greater than pull.backoff-max");
    }
    for (SourceSection source : pull.sources()) {
      if (source.match().isEmpty() || source.url().isEmpty()) {
        problem("pull.sources", "needs both match and url in each entry");
      }
    }
  }
}
