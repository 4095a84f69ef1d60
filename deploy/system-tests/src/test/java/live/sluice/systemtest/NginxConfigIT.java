package live.sluice.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import live.sluice.systemtest.kit.FakeNode;
import live.sluice.systemtest.kit.Lab;
import live.sluice.systemtest.kit.Poll;
import live.sluice.systemtest.kit.Ports;
import live.sluice.systemtest.kit.Proc;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The NGINX configuration that is shipped: NGINX takes it, and it does what its comments say. */
@Tag("sharing")
class NginxConfigIT {

  private static final String NGINX = Files.isExecutable(Path.of("/usr/sbin/nginx")) ? "/usr/sbin/nginx" : "nginx";

  @RegisterExtension static final Lab LAB = new Lab();

  private final int port = Ports.free();
  private FakeNode node;
  private HttpClient http;
  private Path prefix;

  @BeforeAll
  static void aCertificate() throws Exception {
    Path store = LAB.dir().resolve("cert.p12");
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    Proc.run(LAB.file("keytool.log"), Duration.ofSeconds(30), List.of(keytool, "-genkeypair", "-alias", "nginx",
        "-keyalg", "EC", "-dname", "CN=localhost", "-storetype", "PKCS12", "-storepass", "secret",
        "-keystore", store.toString()), Map.of());
    KeyStore keys = KeyStore.getInstance(store.toFile(), "secret".toCharArray());
    pem(LAB.dir().resolve("privkey.pem"), "PRIVATE KEY", keys.getKey("nginx", "secret".toCharArray()).getEncoded());
    pem(LAB.dir().resolve("fullchain.pem"), "CERTIFICATE", keys.getCertificate("nginx").getEncoded());
  }

  private static void pem(Path file, String what, byte[] der) throws IOException {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    Files.writeString(file, "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n");
  }

  @BeforeEach
  void aCopyOfTheConfiguration() throws IOException {
    node = LAB.keep(new FakeNode());
    http = LAB.keep(HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build());
    prefix = Files.createDirectory(LAB.file("nginx"));
    Path shipped = Lab.repository().resolve("nginx");
    try (Stream<Path> files = Files.walk(shipped)) {
      for (Path file : files.toList()) {
        Path copy = prefix.resolve("conf").resolve(shipped.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
        }
      }
    }
    Path site = prefix.resolve("conf/site");
    Files.copy(LAB.dir().resolve("privkey.pem"), site.resolve("privkey.pem"));
    Files.copy(LAB.dir().resolve("fullchain.pem"), site.resolve("fullchain.pem"));
    Files.writeString(site.resolve("listen.conf"), "listen 127.0.0.1:" + port + ";\n");
    Files.writeString(site.resolve("nodes.conf"), "server " + node.address() + ";\n");
    Files.writeString(site.resolve("log.conf"), "access_log sluice-access.json sluice_json;\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nginx.conf", "nginx-flv.conf", "nginx-https.conf"})
  void nginxTakesEachVariantWithoutAComplaint(String variant) {
    String said = Proc.run(LAB.file("nginx-t.log"), Duration.ofSeconds(10), command(variant, "-t"), Map.of());
    assertThat(said).contains("test is successful").doesNotContain("[warn]").doesNotContain("[emerg]");
  }

  @Test
  void aSegmentIsAskedOfTheNodeOnceHoweverManyWantIt() throws Exception {
    start("nginx.conf");
    List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      answers.add(http.sendAsync(request("/live/x/1700000000000-5.ts?token=viewer" + i), BodyHandlers.ofString()));
    }
    for (CompletableFuture<HttpResponse<String>> answer : answers) {
      assertThat(answer.get().statusCode()).isEqualTo(200);
      assertThat(answer.get().body()).isEqualTo("segment /live/x/1700000000000-5.ts");
    }
    assertThat(node.asked()).containsExactly("/live/x/1700000000000-5.ts");
    HttpResponse<String> later = get("/live/x/1700000000000-5.ts");
    assertThat(header(later, "X-Cache-Status")).isEqualTo("HIT");
    assertThat(header(later, "Cache-Control")).isEqualTo("public, max-age=3600, immutable");
    assertThat(header(later, "Access-Control-Allow-Origin")).isEqualTo("*");
  }

  @Test
  void anAppMayHaveSeveralPathSegments() throws Exception {
    start("nginx-flv.conf");
    assertThat(get("/live/eu/north/x/1-5.ts").body()).isEqualTo("segment /live/eu/north/x/1-5.ts");
    assertThat(header(get("/live/eu/north/x/1-5.ts"), "X-Cache-Status")).isEqualTo("HIT");
    HttpResponse<InputStream> flv = http.send(request("/live/eu/north/x.flv"), BodyHandlers.ofInputStream());
    try (InputStream body = flv.body()) {
      assertThat(new String(body.readNBytes(3), StandardCharsets.US_ASCII)).isEqualTo("FLV");
    }
  }

  @Test
  void aVhostHasObjectsOfItsOwn() throws Exception {
    start("nginx.conf");
    assertThat(get("/live/x/1-5.ts?vhost=a.example").body()).isEqualTo("segment /live/x/1-5.ts?vhost=a.example&");
    assertThat(get("/live/x/1-5.ts?vhost=b.example").body()).isEqualTo("segment /live/x/1-5.ts?vhost=b.example&");
    assertThat(header(get("/live/x/1-5.ts?t=1&vhost=a.example"), "X-Cache-Status")).isEqualTo("HIT");
  }

  @Test
  void noTokenStandsInTheLog() throws Exception {
    start("nginx.conf");
    get("/live/x.m3u8?token=s3cret");
    Poll.until("the request is logged", Duration.ofSeconds(5), () -> log().contains("/live/x.m3u8"));
    assertThat(log()).contains("\"cache\":\"MISS\"").doesNotContain("s3cret");
  }

  @Test
  void anErrorTellsTheBrowserToo() throws Exception {
    start("nginx.conf");
    for (String path : List.of("/live/gone.m3u8", "/live/gone/1-1.ts", "/nothing/here")) {
      HttpResponse<String> answer = get(path);
      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(answer.headers().allValues("Access-Control-Allow-Origin")).containsExactly("*");
    }
    HttpResponse<String> preflight = http.send(HttpRequest.newBuilder(url("/live/x.m3u8"))
        .method("OPTIONS", HttpRequest.BodyPublishers.noBody()).build(), BodyHandlers.ofString());
    assertThat(preflight.statusCode()).isEqualTo(204);
    assertThat(header(preflight, "Access-Control-Allow-Methods")).contains("GET");
  }

  @Test
  void aMissingSegmentIsAskedForAgainAfterASecond() throws Exception {
    start("nginx.conf");
    assertThat(header(get("/live/gone/1-1.ts"), "X-Cache-Status")).isEqualTo("MISS");
    Poll.until("the node is asked again", Duration.ofSeconds(3), () -> {
      get("/live/gone/1-1.ts");
      return node.asked().size() > 1;
    });
  }

  @Test
  void aPlaylistNobodyAskedForInAWhileIsFetchedAnew() throws Exception {
    start("nginx.conf");
    assertThat(get("/live/x.m3u8").body()).isEqualTo("playlist 1");
    HttpResponse<String> kept = get("/live/x.m3u8");
    assertThat(kept.body()).isEqualTo("playlist 1");
    assertThat(header(kept, "Cache-Control")).isEqualTo("public, max-age=1");
    // Beyond max-age and what the node allows on top: no copy may be shown.
    Poll.holds("nobody asks", Duration.ofMillis(3100), () -> node.asked().size() == 1);
    List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      answers.add(http.sendAsync(request("/live/x.m3u8?token=" + i), BodyHandlers.ofString()));
    }
    for (CompletableFuture<HttpResponse<String>> answer : answers) {
      assertThat(answer.get().body()).isNotEqualTo("playlist 1");
    }
  }

  @Test
  void connectionsToTheNodeAreUsedAgain() throws Exception {
    start("nginx.conf");
    for (int i = 0; i < 20; i++) {
      get("/live/x/1-" + i + ".ts");
    }
    assertThat(node.asked()).hasSize(20);
    // One for each worker at most.
    assertThat(node.connections()).isLessThanOrEqualTo(Runtime.getRuntime().availableProcessors());
  }

  @Test
  void flvComesThroughAsItIsSentAndWithItsQuery() throws Exception {
    start("nginx-flv.conf");
    HttpResponse<InputStream> answer =
        http.send(request("/live/x.flv?token=a&onlyaudio=1"), BodyHandlers.ofInputStream());
    try (InputStream body = answer.body()) {
      // The node holds the rest back: with buffering nothing would come.
      assertThat(new String(body.readNBytes(3), StandardCharsets.US_ASCII)).isEqualTo("FLV");
    }
    assertThat(node.asked()).containsExactly("/live/x.flv?token=a&onlyaudio=1");
    assertThat(header(answer, "Access-Control-Allow-Origin")).isEqualTo("*");
  }

  @Test
  void plainHttpIsSentOnToHttps() throws Exception {
    Files.writeString(prefix.resolve("conf/site/listen-https.conf"), "listen 127.0.0.1:" + Ports.free() + " ssl;\n"
        + "ssl_certificate site/fullchain.pem;\nssl_certificate_key site/privkey.pem;\n");
    start("nginx-https.conf");
    HttpResponse<String> answer = get("/live/x.m3u8?token=a");
    assertThat(answer.statusCode()).isEqualTo(308);
    assertThat(header(answer, "Location")).isEqualTo("https://127.0.0.1/live/x.m3u8?token=a");
  }

  private void start(String variant) {
    LAB.keep(Proc.start("nginx", prefix.resolve("nginx.log"), command(variant, null), Map.of()));
    Poll.until("NGINX answers", Duration.ofSeconds(10), () -> get("/nginx/health").statusCode() > 0);
  }

  private List<String> command(String variant, String last) {
    List<String> command = new ArrayList<>(List.of(NGINX, "-p", prefix.toString(), "-c",
        prefix.resolve("conf").resolve(variant).toString(), "-g",
        "daemon off;" + ("root".equals(System.getProperty("user.name")) ? " user root;" : "")));
    if (last != null) {
      command.add(last);
    }
    return command;
  }

  private URI url(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  private HttpRequest request(String path) {
    return HttpRequest.newBuilder(url(path)).timeout(Duration.ofSeconds(15)).build();
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(request(path), BodyHandlers.ofString());
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  private String log() throws IOException {
    return Files.readString(prefix.resolve("sluice-access.json"));
  }
}
