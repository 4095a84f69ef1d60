package live.sluice.node.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebFilesTest {
  /** Every way in which a page, sheet or script here names another file. */
  private static final Pattern NAMED =
      Pattern.compile("(?:href|src)=\"(/[^\"]*)\"|from '(\\.\\.?/[^']+)'|'(/assets/lib/[^']+)'");

  private final WebFiles files = WebFiles.load();

  @ParameterizedTest
  @ValueSource(strings = {"/", "/index.html"})
  void showsThePageAtTheRoot(String path) {
    WebFile page = files.find(path);

    assertThat(page).isNotNull();
    assertThat(page.contentType()).isEqualTo("text/html; charset=utf-8");
    assertThat(text(page)).startsWith("<!doctype html>").contains("<video id=\"player\" muted autoplay");
  }

  @Test
  void servesBothPlayersFromTheClassPath() {
    assertThat(text(files.find("/assets/lib/mpegts.js"))).contains("mpegts");
    assertThat(text(files.find("/assets/lib/hls.js"))).contains("1.4.12");
    assertThat(files.find("/assets/lib/hls.worker.js")).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "/assets", "/assets/", "/assets/../index.html", "/assets/lib/../app.js", "/assets/app.js/",
        "//assets/app.js", "/assets/%61pp.js", "/ASSETS/app.js", "/assets/lib/README.md", "/lib/mpegts.js",
        "/live/sluice/node/web/index.html", "/assets/WebFiles.class", "/META-INF/MANIFEST.MF", "\0/", "/index.html\0.js"
      })
  void findsNothingOutsideItsTable(String path) {
    assertThat(files.find(path)).isNull();
  }

  @Test
  void holdsEveryFileOfTheAssetsFolder() throws Exception {
    Path folder = folder();
    try (Stream<Path> listed = Files.walk(folder)) {
      List<String> served =
          listed.filter(Files::isRegularFile).map(file -> "/assets/" + folder.relativize(file)).toList();
      assertThat(served).isNotEmpty().allSatisfy(path -> assertThat(files.paths()).contains(path));
    }
  }

  @Test
  void everyFileThatAFileNamesIsThere() {
    for (String path : files.paths()) {
      if (!path.startsWith("/assets/lib/")) {
        Matcher matcher = NAMED.matcher(text(files.find(path)));
        while (matcher.find()) {
          String named = matcher.group(2) != null
              ? URI.create(path).resolve(matcher.group(2)).getPath()
              : Objects.requireNonNullElse(matcher.group(1), matcher.group(3));
          assertThat(files.paths()).as("named in %s", path).contains(named);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/whip.html", "/whep.html", "/topology.html"})
  void aPageKeepsItsOwnContentSecurityPolicy(String path) {
    String page = text(files.find(path));

    assertThat(page).doesNotContain("<style").doesNotContain(" style=").doesNotContainPattern(" on[a-z]+=");
    assertThat(page).doesNotContainPattern("<script(?![^>]* src=)").doesNotContainPattern("(?:href|src)=\"(?!/)");
    assertThat(WebFiles.securityPolicy(path)).contains("script-src 'self';").doesNotContain("unsafe");
  }

  @Test
  void onlyThePagesThatAskTheApiMayAskOtherOrigins() {
    assertThat(WebFiles.securityPolicy("/whip.html")).contains("connect-src 'self' http: https:;");
    assertThat(WebFiles.securityPolicy("/")).contains("connect-src 'self' ws: wss:;");
  }

  @Test
  void everyFileHasATypeAndAnETagOfItsOwn() {
    assertThat(files.paths()).allSatisfy(path -> {
      WebFile file = files.find(path);
      assertThat(file.contentType()).isNotEmpty();
      assertThat(file.plain().etag()).matches("\"[0-9a-f]{24}\"");
    });
    assertThat(files.find("/assets/app.js").plain().etag())
        .isNotEqualTo(files.find("/assets/dom.js").plain().etag())
        .isEqualTo(WebFiles.load().find("/assets/app.js").plain().etag());
  }

  private static Path folder() throws Exception {
    URI app = Objects.requireNonNull(WebFiles.class.getResource("assets/app.js")).toURI();
    return Objects.requireNonNull(Path.of(app).getParent());
  }

  private static String text(WebFile file) {
    return UTF_8.decode(file.plain().bytes()).toString();
  }
}
