package live.sluice.node.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The table of all that the HTTP port serves besides media: path to file, read from the class path once. Only a path
 * that is written here can be found, whatever a request says. Immutable and safe to share between threads.
 */
public final class WebFiles {
  /**
   * The value of Cache-Control for all of it: kept by the browser, asked for each time by its ETag, so that a page and
   * its scripts never are of two versions for long.
   */
  public static final String CACHE_CONTROL = "no-cache";

  /**
   * The value of Content-Security-Policy. No inline script or style, nothing from elsewhere; {@code blob:} is Media
   * Source Extensions. The ws schemes are named because not every browser counts them under {@code 'self'}.
   */
  static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src 'self'; "
          + "media-src 'self' blob:; connect-src 'self' ws: wss:; base-uri 'none'; form-action 'none'; "
          + "frame-ancestors 'self'";

  /**
   * The same for the pages that ask the API, which has a port of its own and so is another origin: WHIP and WHEP, which
   * may be answered by another node, and the topology.
   */
  static final String API_SECURITY_POLICY =
      CONTENT_SECURITY_POLICY.replace("connect-src 'self' ws: wss:", "connect-src 'self' http: https:");

  private static final Set<String> API_PAGES = Set.of("/whip.html", "/whep.html", "/topology.html");

  private static final String HTML = "text/html; charset=utf-8";
  private static final String CSS = "text/css; charset=utf-8";
  private static final String SCRIPT = "text/javascript; charset=utf-8";
  private static final String SVG = "image/svg+xml";

  /** What lies in {@code assets}, and is served under the same name. */
  private static final Map<String, String> ASSETS = Map.ofEntries(
      Map.entry("icon.svg", SVG),
      Map.entry("page.css", CSS),
      Map.entry("player.css", CSS),
      Map.entry("app.js", SCRIPT),
      Map.entry("copy.js", SCRIPT),
      Map.entry("dom.js", SCRIPT),
      Map.entry("flv-engine.js", SCRIPT),
      Map.entry("graph.js", SCRIPT),
      Map.entry("help.js", SCRIPT),
      Map.entry("hls-engine.js", SCRIPT),
      Map.entry("model.js", SCRIPT),
      Map.entry("nodes.js", SCRIPT),
      Map.entry("player.js", SCRIPT),
      Map.entry("poll.js", SCRIPT),
      Map.entry("rtc/chart.js", SCRIPT),
      Map.entry("rtc/codecs.js", SCRIPT),
      Map.entry("rtc/connection.js", SCRIPT),
      Map.entry("rtc/meter.js", SCRIPT),
      Map.entry("rtc/options.js", SCRIPT),
      Map.entry("rtc/play.js", SCRIPT),
      Map.entry("rtc/publish.js", SCRIPT),
      Map.entry("rtc/rtc.css", CSS),
      Map.entry("rtc/session.js", SCRIPT),
      Map.entry("rtc/sources.js", SCRIPT),
      Map.entry("rtc/stage.js", SCRIPT),
      Map.entry("rtc/synthetic.js", SCRIPT),
      Map.entry("rtc/tiles.js", SCRIPT),
      Map.entry("script.js", SCRIPT),
      Map.entry("stats.js", SCRIPT),
      Map.entry("stream-list.js", SCRIPT),
      Map.entry("topology/draw.js", SCRIPT),
      Map.entry("topology/facts.js", SCRIPT),
      Map.entry("topology/figures.js", SCRIPT),
      Map.entry("topology/keyed.js", SCRIPT),
      Map.entry("topology/layout.js", SCRIPT),
      Map.entry("topology/main.js", SCRIPT),
      Map.entry("topology/topology.css", CSS),
      Map.entry("urls.js", SCRIPT),
      Map.entry("words.js", SCRIPT));

  private final Map<String, WebFile> byPath;

  private WebFiles(Map<String, WebFile> byPath) {
    this.byPath = Map.copyOf(byPath);
  }

  /**
   * Reads and packs all of it: some milliseconds, less than a megabyte in memory.
   *
   * @throws IllegalStateException where a file is not on the class path: the build is incomplete
   * @throws UncheckedIOException where one can't be read
   */
  public static WebFiles load() {
    Map<String, WebFile> files = new HashMap<>();
    WebFile index = WebFile.of(HTML, read("index.html"));
    files.put("/", index);
    files.put("/index.html", index);
    API_PAGES.forEach(path -> files.put(path, WebFile.of(HTML, read(path.substring(1)))));
    ASSETS.forEach((name, type) -> files.put("/assets/" + name, WebFile.of(type, read("assets/" + name))));
    files.put("/assets/lib/mpegts.js", WebFile.of(SCRIPT, read("lib/mpegts.js")));
    String hls = webJar("org.webjars.npm", "hls.js") + "/dist/";
    files.put("/assets/lib/hls.js", WebFile.of(SCRIPT, read(hls + "hls.min.js")));
    files.put("/assets/lib/hls.worker.js", WebFile.of(SCRIPT, read(hls + "hls.worker.js")));
    return new WebFiles(files);
  }

  /** The file at exactly this path (no query, nothing decoded or normalized), null where there is none. */
  public @Nullable WebFile find(String path) {
    return byPath.get(path);
  }

  /** The value of Content-Security-Policy for the file at this path. */
  public static String securityPolicy(String path) {
    return API_PAGES.contains(path) ? API_SECURITY_POLICY : CONTENT_SECURITY_POLICY;
  }

  /** All paths that can be found. */
  public Set<String> paths() {
    return byPath.keySet();
  }

  /** Where a WebJar keeps its files. The version is the pom's, which stands in the jar too. */
  private static String webJar(String group, String artifact) {
    Properties pom = new Properties();
    String where = "/META-INF/maven/" + group + '/' + artifact + "/pom.properties";
    try (InputStream in = open(where)) {
      pom.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + where, e);
    }
    return "/META-INF/resources/webjars/" + artifact + '/' + pom.getProperty("version");
  }

  private static byte[] read(String resource) {
    try (InputStream in = open(resource)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + resource, e);
    }
  }

  private static InputStream open(String resource) {
    InputStream in = WebFiles.class.getResourceAsStream(resource);
    if (in == null) {
      throw new IllegalStateException("the page's file " + resource + " is not on the class path");
    }
    return in;
  }
}
