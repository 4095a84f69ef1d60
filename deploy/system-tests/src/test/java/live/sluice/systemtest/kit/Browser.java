package live.sluice.systemtest.kit;

import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The installed Chromium, driven by Playwright, without a window. Used by one thread. */
public final class Browser implements AutoCloseable {

  private static final List<String> PROGRAMS =
      List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");
  private static final List<String> FLAGS = List.of("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
      "--disable-background-networking", "--disable-component-update", "--disable-sync",
      "--autoplay-policy=no-user-gesture-required", "--use-fake-device-for-media-stream",
      "--use-fake-ui-for-media-stream");

  private final Playwright playwright;
  private final com.microsoft.playwright.Browser browser;

  /** Starts Chromium. */
  public Browser() {
    this(program());
  }

  /** Starts Chromium on a host of a network of the tests' own. */
  public static Browser on(Lab lab, Netns.Host host) {
    return lab.keep(new Browser(wrapper(lab, host)));
  }

  private Browser(Path program) {
    Path unpacked = Lab.work().resolveSibling("playwright");
    if (!unpacked.toFile().isDirectory() && !unpacked.toFile().mkdirs()) {
      throw new IllegalStateException("can't make " + unpacked);
    }
    System.setProperty("playwright.driver.tmpdir", unpacked.toString());
    playwright = Playwright.create(
        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser = playwright.chromium().launch(new BrowserType.LaunchOptions()
        .setExecutablePath(program)
        .setHeadless(true)
        .setArgs(FLAGS));
  }

  /** A new, empty page. */
  public Page page() {
    return browser.newPage();
  }

  /** A new, empty page that may ask any server, whatever the one that it comes from says. */
  public Page unboundPage() {
    return browser.newPage(new com.microsoft.playwright.Browser.NewPageOptions().setBypassCSP(true));
  }

  /** A program that is Chromium in the host's namespace: what Playwright starts is one file. */
  private static Path wrapper(Lab lab, Netns.Host host) {
    Path wrapper = lab.file("chromium-" + host.namespace());
    try {
      Files.writeString(wrapper,
          "#!/bin/sh\nexec " + String.join(" ", host.prefix()) + ' ' + program() + " \"$@\"\n");
      if (!wrapper.toFile().setExecutable(true)) {
        throw new IOException("can't make it executable: " + wrapper);
      }
      return wrapper;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path program() {
    return PROGRAMS.stream().map(Path::of).filter(Files::isExecutable).findFirst()
        .orElseThrow(() -> new IllegalStateException("no Chromium: apt-get install chromium"));
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
