package live.sluice.systemtest.kit;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The page of the topology in Chromium, as a person has it. Used by the thread of its {@link Browser}. */
public final class TopologyPage implements AutoCloseable {

  private final Page page;
  private final List<String> errors = new CopyOnWriteArrayList<>();

  /** Opens the page of a node. */
  public TopologyPage(Browser browser, URI url) {
    page = browser.page();
    page.onPageError(errors::add);
    page.setViewportSize(1280, 1000);
    page.navigate(url.toString());
  }

  /** Shows the page in light or in dark colours. */
  public TopologyPage colours(ColorScheme scheme) {
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
    return this;
  }

  /** Chooses a stream in the list. */
  public void choose(String stream) {
    page.selectOption("#stream", stream);
  }

  /** The texts of all that a selector finds. */
  public List<String> texts(String selector) {
    return page.locator(selector).allTextContents();
  }

  /** How many things a selector finds. */
  public int count(String selector) {
    return page.locator(selector).count();
  }

  /** The cells of the row of a node in the table of the stream's way; empty where it has none. */
  public List<String> row(String node) {
    return page.locator("#tree-rows tr:has(td:first-child:text-is('" + node + "')) td").allTextContents();
  }

  /** Clicks on an id of a session. */
  public void trace(String session) {
    page.locator("#tree-rows button").filter(new Locator.FilterOptions().setHasText(session)).click();
  }

  /** What a property of CSS is for the page itself. */
  public String style(String property) {
    return (String) page.evaluate("name => getComputedStyle(document.body).getPropertyValue(name)", property);
  }

  /**
   * Labels and boxes of nodes that lie over each other in the drawing, by their texts: nobody can read them.
   */
  @SuppressWarnings("unchecked") // a list of texts
  public List<String> overlaps() {
    return (List<String>) page.evaluate("""
        () => {
          const boxes = [...document.querySelectorAll('#map .label, #map .node')]
            .map((each) => ({text: each.textContent, box: each.getBoundingClientRect()}));
          const found = [];
          boxes.forEach((a, i) => boxes.slice(i + 1).forEach((b) => {
            const across = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
            const down = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
            if (across > 1 && down > 1) {
              found.push(`${a.text} | ${b.text}`);
            }
          }));
          return found;
        }""");
  }

  /** Keeps the whole page as a picture. */
  public void screenshot(Path file) {
    page.screenshot(new Page.ScreenshotOptions().setPath(file).setFullPage(true));
  }

  /** What its scripts threw. */
  public List<String> errors() {
    return List.copyOf(errors);
  }

  @Override
  public void close() {
    page.close();
  }
}
