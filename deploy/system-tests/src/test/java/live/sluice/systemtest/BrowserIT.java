package live.sluice.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import live.sluice.systemtest.kit.Api;
import live.sluice.systemtest.kit.Browser;
import live.sluice.systemtest.kit.Clip;
import live.sluice.systemtest.kit.Cluster;
import live.sluice.systemtest.kit.Ffmpeg;
import live.sluice.systemtest.kit.Lab;
import live.sluice.systemtest.kit.NodeProcess;
import live.sluice.systemtest.kit.Picture;
import live.sluice.systemtest.kit.Poll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page of a node in Chromium: what a person does and sees. The screenshots stay in the folder of the class. */
class BrowserIT {

  @RegisterExtension static final Lab LAB = new Lab();

  private static final Duration SOON = Duration.ofSeconds(40);
  private static Cluster cluster;
  private static Browser browser;

  @BeforeAll
  static void start() {
    cluster = Cluster.start(LAB, 1, 1);
    LAB.keep(Ffmpeg.publishLoop(LAB.file("publish.log"), Clip.BBB.file(), cluster.origin(0).rtmp("live/page")));
    Poll.until("the stream is live", SOON, () -> new Api(cluster.origin(0)).isLive("live/page"));
    browser = LAB.keep(new Browser());
  }

  @ParameterizedTest
  @ValueSource(strings = {"FLV", "WS-FLV", "HLS"})
  void the_page_plays_a_stream_of_the_cluster(String type) {
    for (NodeProcess node : cluster.nodes()) {
      List<String> errors = new CopyOnWriteArrayList<>();
      try (Page page = browser.page()) {
        page.onPageError(errors::add);
        page.navigate(node.http("/").toString());
        page.locator("[aria-label='Play live/page as " + type + "']").click();
        Poll.until(type + " at " + node + " has a picture", SOON, () -> number(page, "videoWidth") > 0);
        double before = number(page, "currentTime");
        Poll.until(type + " at " + node + " plays", SOON, () -> number(page, "currentTime") > before + 2);

        Path picture = LAB.file(type + "-" + node + "-video.png");
        Locator video = page.locator("#player");
        video.screenshot(new Locator.ScreenshotOptions().setPath(picture));
        page.screenshot(new Page.ScreenshotOptions().setPath(LAB.file(type + "-" + node + "-page.png")).setFullPage(true));
        assertThat(new Picture(picture).liveliness()).as("the picture is not empty").isGreaterThan(0.2);
        assertThat(errors).isEmpty();
      }
    }
  }

  private static double number(Page page, String property) {
    return ((Number) page.evaluate("document.getElementById('player')." + property)).doubleValue();
  }
}
