package live.sluice.systemtest.kit;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A page of Chromium with one WebRTC session: a publisher by WHIP or a player by WHEP, with nothing between it and the
 * node but {@code RTCPeerConnection} and {@code fetch}. Used by the thread of its {@link Browser}.
 */
public final class RtcPage implements AutoCloseable {

  private static final String SCRIPT = script();

  private final Page page;
  private final Map<String, Object> further = new HashMap<>();

  /** A page of {@code browser} at the HTTP port of {@code node}: the session's own requests go to another origin. */
  public RtcPage(Browser browser, NodeProcess node) {
    this(browser, node.http("/"));
  }

  /** A page of {@code browser} at that address of a node's HTTP port. */
  public RtcPage(Browser browser, URI http) {
    page = browser.unboundPage();
    page.navigate(http.toString());
    page.evaluate("document.body.replaceChildren()");
    page.evaluate(SCRIPT);
  }

  /** Shows a bearer token in each request. */
  public RtcPage token(String token) {
    further.put("token", token);
    return this;
  }

  /** Restarts ICE by itself when its connection is lost, as a good client does. */
  public RtcPage restarting() {
    further.put("restart", true);
    return this;
  }

  /** Publishes; returns the session's URL. Fails with the status of the answer where that is not 201. */
  public String publish(URI whip, RtcSource source) {
    return (String) call("publish", whip.toString(), with(source.options()));
  }

  /** Plays; returns the session's URL. Fails with the status of the answer where that is not 201. */
  public String play(URI whep) {
    return (String) call("play", whep.toString(), with(Map.of()));
  }

  /** Forgets what was longest without a picture, which {@code gapMs} of {@link #stats} tells: what is measured begins now. */
  public void mark() {
    page.evaluate("kit.mark()");
  }

  /** Lets {@code time} pass. */
  public void pause(Duration time) {
    page.waitForTimeout((double) time.toMillis());
  }

  /** What the browser tells now. */
  @SuppressWarnings("unchecked") // a JSON object
  public RtcStats stats() {
    return new RtcStats((Map<String, Object>) page.evaluate("kit.stats()"));
  }

  /** Time from the POST to the first picture that was shown; null as long as there was none. */
  public @Nullable Duration joinTime() {
    return page.evaluate("kit.joinMs()") instanceof Number ms ? Duration.ofNanos((long) (ms.doubleValue() * 1e6)) : null;
  }

  /** Waits for the first picture. */
  public RtcPage awaitPicture(Duration limit) {
    Poll.value("a picture by WebRTC", limit, this::joinTime);
    return this;
  }

  /**
   * For each flash that was seen since the last {@link #watch} began, how much later the beep was heard that was made with it, in ms. Both
   * as a page perceives them.
   */
  public List<Double> lips() {
    return numbers("kit.lips()");
  }

  private List<Double> numbers(String expression) {
    List<Double> numbers = new ArrayList<>();
    for (Object number : (List<?>) page.evaluate(expression)) {
      numbers.add(((Number) number).doubleValue());
    }
    return numbers;
  }

  /** Lets {@code time} pass; what each of {@code pages} did meanwhile. */
  public static List<RtcWatch> watch(Duration time, RtcPage... pages) {
    List<RtcStats> before = new ArrayList<>();
    for (RtcPage each : pages) {
      each.page.evaluate("kit.mark()");
      before.add(each.stats());
    }
    pages[0].page.waitForTimeout((double) time.toMillis());
    List<RtcWatch> seen = new ArrayList<>();
    for (int i = 0; i < pages.length; i++) {
      seen.add(new RtcWatch(before.get(i), pages[i].stats(), pages[i].lips(), pages[i].numbers("kit.reported()")));
    }
    return seen;
  }

  /**
   * Waits until picture and sound are less than {@code ms} apart by the browser's own reckoning. It brings them together
   * by some ten milliseconds a second, once it had two sender reports of each: with no server between two pages of it
   * that takes ten seconds as well.
   */
  public RtcPage awaitLips(double ms, Duration limit) {
    List<Double> seen = new ArrayList<>();
    Poll.until("picture and sound are in step", limit, () -> {
      double apart = watch(Duration.ofSeconds(1)).lipsReported();
      seen.add(apart);
      return Math.abs(apart) < ms;
    }, seen);
    return this;
  }

  /** Lets {@code time} pass; what the session did meanwhile. */
  public RtcWatch watch(Duration time) {
    return watch(time, this).getFirst();
  }

  /** The node's SDP answer. */
  public String answer() {
    return (String) page.evaluate("kit.answer()");
  }

  /** Restarts ICE; returns the new entity tag. */
  public String restartIce() {
    return (String) page.evaluate("kit.restart()");
  }

  /** DELETE of the session; returns the status. */
  public int stop() {
    return ((Number) page.evaluate("kit.stop()")).intValue();
  }

  /** The page itself. */
  public Page page() {
    return page;
  }

  private Object call(String function, String url, Map<String, Object> options) {
    try {
      return page.evaluate("([url, options]) => kit." + function + "(url, options)", List.of(url, options));
    } catch (PlaywrightException e) {
      throw new AssertionError(function + " of " + url + ": " + e.getMessage(), e);
    }
  }

  private Map<String, Object> with(Map<String, Object> options) {
    Map<String, Object> all = new HashMap<>(options);
    all.putAll(further);
    return all;
  }

  private static String script() {
    try (InputStream in = Objects.requireNonNull(RtcPage.class.getResourceAsStream("/rtc/kit.js"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Closes the page as somebody does who closes a tab. */
  @Override
  public void close() {
    page.close();
  }
}
