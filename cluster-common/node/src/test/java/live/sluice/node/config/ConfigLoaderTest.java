package live.sluice.node.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import live.sluice.media.LatencyProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLoaderTest {

  @Test
  void everyKeyCanBeGiven() {
    NodeConfig config = file(FULL).config();
    NodeConfig expected =
        new NodeConfig(
            new NodeSection("a", "north", "10.0.0.1", 3, Duration.ofMinutes(1)),
            new RtmpSection(
                "127.0.0.1", 1936, 1444, Duration.ofSeconds(1), Duration.ofSeconds(2), DataSize.mib(1),
                DataSize.mib(2), 3),
            new HttpSection(
                "127.0.0.2", 8081, 8089, DataSize.kib(1), DataSize.kib(2), Duration.ofSeconds(3),
                Duration.ofSeconds(4), "https://example.com"),
            new ApiSection("127.0.0.3", 1986, 1991, "letmein", "", Duration.ofMillis(500)),
            new RtcSection(
                false, "127.0.0.4", 8001, false, List.of("203.0.113.7:18000", "2001:db8::7"),
                List.of(new IceServerSection("turn:t.example.com?transport=udp", "user", "pass")),
                Duration.ofSeconds(5), 7, Duration.ofSeconds(20), Duration.ofSeconds(3), BitRate.mbps(8),
                Duration.ofMillis(500), RtcTranscode.AUTO),
            new HopSection(
                false, "127.0.0.5", 8002, HopStreams.TCP, "c.pem", "k.pem", "a.pem",
                List.of(new HopRegionSection("south", List.of("10.9.0.1:8001", "[::1]:8001")))),
            new TlsSection("", ""),
            new AuthSection(List.of("p1", "p2"), List.of("v1")),
            new ClusterSection(
                "lab", "hush", List.of("10.0.0.1:5701", "[::1]:5701", "c:5701"), "10.0.0.1", true, 5711, 5712, "",
                true, 5, Duration.ofMillis(500), Duration.ofSeconds(6)),
            new MediaSection(
                DataSize.mib(1), 2, Duration.ofSeconds(3), DataSize.mib(4), Duration.ofSeconds(5),
                Duration.ofSeconds(6), Duration.ofSeconds(7), Duration.ofSeconds(8), DataSize.mib(512), true),
            LatencyProfile.THROUGHPUT,
            Map.of("live.example.com", new VhostSection(LatencyProfile.REALTIME)),
            new HlsSection(false, Duration.ofSeconds(1), 3, 2, DataSize.mib(1), Duration.ofSeconds(9)),
            new PullSection(
                Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3), Duration.ofMillis(4),
                Duration.ofSeconds(5), List.of(new SourceSection("a/*", "rtmp://h/a/${name}"))),
            new LimitsSection(10, 5),
            new LogSection(LogFormat.JSON, LogLevel.DEBUG));
    assertThat(config).isEqualTo(expected);
    Map<String, String> standard = ConfigLoader.describe(NodeConfig.defaults());
    assertThat(ConfigLoader.describe(config).entrySet().stream()
            .filter(e -> e.getValue().equals(standard.get(e.getKey())))
            .map(Map.Entry::getKey))
        .as("keys left at their default, so not shown to be mapped")
        .containsExactly("tls.certificate", "tls.key", "cluster.kubernetes-service");
  }

  @Test
  void everyKeyCanBeGivenByTheEnvironment() {
    for (Keys.Key key : Keys.all()) {
      assertThatThrownBy(
              () -> ConfigLoader.parse("f", "", Map.of(key.env(), "{bad: [\u0001"), List.of()))
          .as(key.env())
          .hasMessageContaining(key.env());
    }
  }

  @Test
  void theCommandLineWinsOverTheEnvironmentAndTheEnvironmentOverTheFile() {
    NodeConfig config =
        ConfigLoader.parse(
                "f",
                "rtmp: {port: 1}\nhttp: {port: 2}\napi: {port: 3}",
                Map.of("SLUICE_HTTP_PORT", "12", "SLUICE_API_PORT", "13"),
                List.of("api.port=23"))
            .config();
    assertThat(config.rtmp().port()).isEqualTo(1);
    assertThat(config.http().port()).isEqualTo(12);
    assertThat(config.api().port()).isEqualTo(23);
  }

  @Test
  void listsAndMapsCanBeGivenByTheEnvironment() {
    NodeConfig config =
        ConfigLoader.parse(
                "f",
                "",
                Map.of(
                    "SLUICE_CLUSTER_MEMBERS", "a:1, b:2",
                    "SLUICE_VHOSTS", "{v: {latency: realtime}}",
                    "SLUICE_PULL_SOURCES", "[{match: 'a/*', url: 'http://h/x.flv'}]"),
                List.of())
            .config();
    assertThat(config.cluster().members()).containsExactly("a:1", "b:2");
    assertThat(config.latencyOf("v")).isEqualTo(LatencyProfile.REALTIME);
    assertThat(config.latencyOf("w")).isEqualTo(LatencyProfile.BALANCED);
    assertThat(config.pull().sources()).containsExactly(new SourceSection("a/*", "http://h/x.flv"));
  }

  @Test
  void anUnknownKeyIsToldWithItsLineAndTheNearestKnownOne() {
    assertThatThrownBy(() -> file("rtmp:\n  prot: 1936\n"))
        .hasMessage("f line 2: rtmp.prot is no key of Sluice; did you mean rtmp.port?");
    assertThatThrownBy(() -> file("node:\n  drainDeadline: 1m\n")).hasMessageContaining("node.drain-deadline?");
    assertThatThrownBy(() -> file("player-wait: 1m\n")).hasMessageContaining("there is media.player-wait");
    assertThatThrownBy(() -> file("log: {zzzzzzzzzz: 1}\n")).hasMessageContaining("known here: format, level");
  }

  @Test
  void allProblemsAreToldAtOnce() {
    assertThatThrownBy(
            () -> file("rtmp:\n  port: 70000\n  handshake-timeout: 5\nlatency: fast\nhttp: [1]\nlog:\n  level: loud\n"))
        .hasMessage(
            """
            f line 2: rtmp.port is '70000', and must be from 0 to 65535
            f line 3: rtmp.handshake-timeout is '5', and must be a duration: a whole number with a unit ms, s, m or h, such as 500ms
            f line 5: http is a list, and must be a map of keys
            f line 4: latency is 'fast', and must be one of realtime, balanced, throughput
            f line 7: log.level is 'loud', and must be one of error, warn, info, debug, trace""");
  }

  @Test
  void whatIsWrongBetweenKeysIsToldWithTheLineOfTheKey() {
    assertThatThrownBy(() -> file("\nhttp:\n  port: 1935\n"))
        .hasMessage("f line 3: http.port is 1935, which rtmp.port is too");
    assertThatThrownBy(() -> file("tls:\n  certificate: /does/not/exist.pem\n"))
        .hasMessageContaining("tls.key is missing")
        .hasMessageContaining("f line 2: tls.certificate is '/does/not/exist.pem', which is not there");
    assertThatThrownBy(() -> file("cluster: {members: [10.0.0.1]}")).hasMessageContaining("always with the port");
    assertThatThrownBy(() -> file("cluster: {quorum: true}")).hasMessageContaining("three origins");
    assertThatThrownBy(() -> file("cluster: {listen: 0.0.0.0}")).hasMessageContaining("wildcard");
    assertThatThrownBy(() -> file("rtc: {port: 1935}")).hasMessage("f line 1: rtc.port is 1935, which rtmp.port is too");
    assertThatThrownBy(() -> file("rtc: {candidates: [example.com]}")).hasMessageContaining("must name IP addresses");
    assertThatThrownBy(() -> file("rtc: {ice-servers: [{username: u}]}")).hasMessageContaining("needs a url");
    assertThatThrownBy(() -> file("auth: {play-tokens: [a]}")).hasMessageContaining("needs cluster.secret");
    assertThatThrownBy(() -> file("vhosts: {../x: {}}")).hasMessageContaining("starts with a dot");
  }

  @Test
  void aSecretIsNeverShown() {
    assertThatThrownBy(() -> file("api: {token: 'my secret'}"))
        .hasMessageContaining("api.token")
        .hasMessageNotContaining("my secret");
    assertThat(ConfigLoader.describe(file("cluster: {secret: hush}").config())).containsEntry("cluster.secret", "***");
    assertThatThrownBy(() -> file("auth: {publish-tokens: ['my secret']}"))
        .hasMessageContaining("auth.publish-tokens")
        .hasMessageNotContaining("my secret");
    assertThat(ConfigLoader.describe(file("auth: {publish-tokens: [hush]}").config()))
        .containsEntry("auth.publish-tokens", "***");
    assertThat(ConfigLoader.describe(file("rtc: {ice-servers: [{url: 'turn:t', credential: hush}]}").config()))
        .containsEntry("rtc.ice-servers", "[turn:t]");
  }

  @Test
  void aBitRateHasAUnit() {
    assertThat(file("rtc: {max-bitrate: 1500kbps}").config().rtc().maxBitrate()).isEqualTo(new BitRate(1_500_000));
    assertThat(new BitRate(1_500_000)).hasToString("1500kbps");
    assertThatThrownBy(() -> file("rtc: {max-bitrate: 8}")).hasMessageContaining("such as 8Mbps");
    assertThatThrownBy(() -> file("rtc: {max-bitrate: 8bps}")).hasMessageContaining("from 100kbps to 1Gbps");
  }

  @Test
  void brokenYamlIsToldWithItsLine() {
    assertThatThrownBy(() -> file("rtmp:\n  port: [1\n")).hasMessageMatching("f line [23]: is not YAML: (?s).*");
    assertThatThrownBy(() -> file("rtmp: {port: 1}\nrtmp: {port: 2}\n"))
        .hasMessageContaining("f line 2: rtmp is given twice");
  }

  @Test
  void aVariableThatKubernetesSetsForAServiceIsNotTakenForAKey() {
    ConfigLoader.Loaded loaded =
        ConfigLoader.parse(
            "f",
            "",
            Map.of(
                "SLUICE_RTMP_PORT", "tcp://10.0.0.1:1935",
                "SLUICE_RTMP_PORT_1935_TCP_ADDR", "10.0.0.1",
                "SLUICE_RTMP_SERVICE_HOST", "10.0.0.1"),
            List.of());
    assertThat(loaded.config()).isEqualTo(NodeConfig.defaults());
    assertThat(loaded.remarks()).isEmpty();
  }

  @Test
  void aMistypedVariableIsRemarked() {
    assertThat(ConfigLoader.parse("f", "", Map.of("SLUICE_RTMP_PROT", "1"), List.of()).remarks())
        .containsExactly("SLUICE_RTMP_PROT is no key of Sluice; did you mean SLUICE_RTMP_PORT?");
  }

  @Test
  void aFileThatIsNotThereIsToldByItsName(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("x.yaml");
    assertThatThrownBy(() -> ConfigLoader.load(file, Map.of(), List.of())).hasMessageContaining("no such file");
    Files.writeString(file, "rtmp: {port: 7}");
    assertThat(ConfigLoader.load(file, Map.of(), List.of()).config().rtmp().port()).isEqualTo(7);
  }

  private static ConfigLoader.Loaded file(String text) {
    return ConfigLoader.parse("f", text, Map.of(), List.of());
  }

  private static final String FULL =
      """
      node: {name: a, region: north, host: 10.0.0.1, event-loops: 3, drain-deadline: 1m}
      rtmp:
        listen: 127.0.0.1
        port: 1936
        tls-port: 1444
        handshake-timeout: 1s
        command-timeout: 2s
        max-chunk-size: 1MiB
        max-message-size: 2MiB
        max-streams: 3
      http:
        listen: 127.0.0.2
        port: 8081
        tls-port: 8089
        max-url-length: 1KiB
        max-header-size: 2KiB
        request-timeout: 3s
        idle-timeout: 4s
        cors-origin: https://example.com
      api: {listen: 127.0.0.3, port: 1986, tls-port: 1991, token: letmein, cors-origin: "", cluster-timeout: 500ms}
      rtc:
        enabled: false
        listen: 127.0.0.4
        port: 8001
        tcp: false
        candidates: ["203.0.113.7:18000", "2001:db8::7"]
        ice-servers: [{url: "turn:t.example.com?transport=udp", username: user, credential: pass}]
        handshake-timeout: 5s
        max-handshakes: 7
        idle-timeout: 20s
        player-wait: 3s
        max-bitrate: 8Mbps
        nack-history: 500ms
        transcode: auto
      hop:
        enabled: false
        listen: 127.0.0.5
        port: 8002
        streams: tcp
        certificate: c.pem
        key: k.pem
        authority: a.pem
        regions: [{name: south, seeds: ["10.9.0.1:8001", "[::1]:8001"]}]
      auth: {publish-tokens: [p1, p2], play-tokens: [v1]}
      cluster:
        name: lab
        secret: hush
        members: ["10.0.0.1:5701", "[::1]:5701", "c:5701"]
        listen: 10.0.0.1
        allow-wildcard: true
        member-port: 5711
        client-port: 5712
        quorum: true
        origins: 5
        renewal: 500ms
        lease: 6s
      media:
        gop-bytes: 1MiB
        gop-frames: 2
        reader-lag: 3s
        reader-bytes: 4MiB
        reader-stuck: 5s
        player-wait: 6s
        player-keep: 7s
        publish-idle: 8s
        memory-budget: 512MiB
        take-over: true
      latency: throughput
      vhosts:
        live.example.com: {latency: realtime}
      hls: {enabled: false, segment: 1s, window: 3, kept: 2, stream-bytes: 1MiB, linger: 9s}
      pull:
        linger: 1s
        connect-timeout: 2s
        idle-timeout: 3s
        backoff-min: 4ms
        backoff-max: 5s
        sources: [{match: "a/*", url: "rtmp://h/a/${name}"}]
      limits: {sessions: 10, sessions-per-address: 5}
      log: {format: json, level: debug}
      """;
}
