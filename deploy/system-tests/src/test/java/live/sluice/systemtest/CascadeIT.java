package live.sluice.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import live.sluice.systemtest.kit.Bench;
import live.sluice.systemtest.kit.Browser;
import live.sluice.systemtest.kit.Lab;
import live.sluice.systemtest.kit.Laboratory;
import live.sluice.systemtest.kit.Needs;
import live.sluice.systemtest.kit.Poll;
import live.sluice.systemtest.kit.RtcPage;
import live.sluice.systemtest.kit.RtcSource;
import live.sluice.systemtest.kit.RtcWatch;
import live.sluice.systemtest.kit.TopologyPage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/**
 * Three regions of two nodes with 25 ms and some loss between them: Chromium publishes by WHIP in the first, and plays by
 * WHEP in the others, through the hub of each. Then what is between them fails.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CascadeIT {

  @RegisterExtension static final Lab LAB = new Lab();

  private static final String STREAM = "live/x";
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Duration WATCHED = Duration.ofSeconds(15);

  private static Laboratory regions;
  private static RtcPage publisher;
  private static String near;
  private static RtcPage far;
  private static String farHub;

  @BeforeAll
  static void start() {
    Needs.rootWith("ip", "nsenter");
    regions = new Laboratory(LAB, "--regions", "3", "--nodes", "2", "--delay", "25", "--jitter", "2", "--loss", "1",
        "--rate", "100", "--seed", "1");
    publisher = page("r1-origin-0");
    publisher.publish(whip("r1-origin-0"), RtcSource.of("H264"));
    // The node that is no hub has it from the one that is: two hops.
    for (String region : List.of("r2", "r3")) {
      Poll.until("the stream is announced in " + region, SOON, () -> hub(region) != null);
    }
    farHub = hub("r3");
    near = other("r2", hub("r2"));
    far = page(other("r3", farHub));
    far.play(whep(other("r3", farHub)));
    far.awaitPicture(SOON);
  }

  @Test
  @Order(1)
  void a_stream_crosses_each_pair_of_regions_once_and_plays_on_two_hops_away() {
    Bench nearPlayers = Bench.start(LAB, "play", whep(near).toString(), "--count", "2", "--for", "25s");
    Poll.until("it plays in r2 too", Duration.ofSeconds(40), () -> regions.api(near, "/api/v1/clients").path("clients").size() > 0,
        nearPlayers.output());
    far.watch(Duration.ofSeconds(5));
    JsonNode before = regions.status();
    List<RtcWatch> seen = RtcPage.watch(WATCHED, publisher, far);
    JsonNode after = regions.status();
    RtcWatch sent = seen.getFirst();
    System.out.println("publisher: " + sent.publisher());
    double published = sent.grew("out.video.bytesSent") + sent.grew("out.audio.bytesSent");
    for (String region : List.of("r2", "r3")) {
      double crossed = grew(before, after, "r1", region, "bytes");
      System.out.println("r1 to " + region + ": " + crossed / published + " of what was published, "
          + grew(before, after, "r1", region, "lost") + " packets lost");
      // Small packets have much of headers around them, and there are acknowledgements: two copies would be three times as much.
      assertThat(crossed / published).as("copies from r1 to " + region).isBetween(0.9, 2.0);
      assertThat(grew(before, after, "r1", region, "lost")).isPositive();
    }
    assertThat(grew(before, after, "r2", "r3", "bytes")).as("nothing of it between those who have it").isLessThan(published / 4);
    RtcWatch player = seen.get(1);
    System.out.println("in r3: " + player.player());
    // Six cold nodes, two browsers and the line take all of two cores: the publisher itself pauses for a fifth of a second
    // now and then, which browsers count as a freeze. What the cascade loses stops the picture for longer, and CascadeFaultsIT
    // watches for a minute without any.
    assertThat(player.decoded()).isGreaterThan(0.95 * sent.sent());
    assertThat(player.after().number("gapMs")).as("the longest time without a picture, in ms").isLessThan(1_000);
    assertThat(nearPlayers.awaitExit()).as(nearPlayers.output()).isZero();
    assertThat(nearPlayers.figures().path("play").path("frames").asLong()).as(nearPlayers.output()).isGreaterThan(2 * 700);
  }

  @Test
  @Order(2)
  void the_page_of_the_topology_draws_the_stream_on_its_way_and_traces_a_session_to_the_publisher() {
    Bench nearPlayers = Bench.start(LAB, "play", whep(near).toString(), "--count", "2", "--for", "2m");
    Poll.until("two play in r2", Duration.ofSeconds(40),
        () -> regions.api(near, "/api/v1/topology/streams/" + STREAM).path("viewers").asInt() == 2, nearPlayers.output());
    try (TopologyPage page = new TopologyPage(LAB.keep(new Browser()), regions.url("r2-origin-0", "http", "/topology.html"))) {
      page.colours(ColorScheme.LIGHT).choose(STREAM);
      Poll.until("viewers are counted", SOON, () -> page.row(near).contains("2"), page.texts("#tree-rows tr"));
      Poll.until("delay and loss are known everywhere", SOON,
          () -> page.texts(".label.lit").size() == 4
              && page.texts(".label.lit").stream().allMatch(each -> each.matches("[0-9.]+ ms · [0-9.]+.* · .*b/s")),
          page.texts(".label.lit"));
      assertThat(page.texts(".region > text")).containsExactlyInAnyOrder("r1", "r2", "r3");
      assertThat(page.texts(".node > .name")).hasSize(6).contains("r1-origin-0", farHub, near);
      assertThat(page.count(".node.lit")).isEqualTo(5);
      assertThat(page.count(".hop")).isGreaterThanOrEqualTo(6);
      assertThat(page.count(".way")).isEqualTo(4);
      assertThat(page.row(farHub)).startsWith(farHub, "r1-origin-0", "hop, packets").element(6).isEqualTo("0");
      assertThat(page.row(other("r3", farHub))).startsWith(other("r3", farHub), farHub).element(6).isEqualTo("1");
      page.screenshot(LAB.file("light.png"));
      assertThat(page.overlaps()).isEmpty();
      String light = page.style("background-color");
      page.colours(ColorScheme.DARK);
      page.screenshot(LAB.file("dark.png"));
      assertThat(page.style("background-color")).isNotEqualTo(light);
      page.colours(ColorScheme.LIGHT);
      page.trace(page.row(other("r3", farHub)).getLast());
      // The pull of the last node, the hub's session that serves it, the hub's own pull, the owner's session, the publisher.
      Poll.until("the trace", SOON, () -> page.texts("#trace-legs li").size() == 5, page.texts("#trace-legs li"));
      assertThat(page.texts("#trace-legs li").getLast()).contains("rtc-publish at r1-origin-0");
      page.screenshot(LAB.file("trace.png"));
      assertThat(page.errors()).isEmpty();
    }
  }

  @Test
  @Order(3)
  void a_hub_that_is_killed_is_replaced() {
    regions.run("kill", farHub, "-9");
    long ms = awaitPictures(far);
    System.out.println("hub killed: plays again after " + ms + " ms");
    assertThat(ms).isLessThan(5_000);
    assertThat(far.watch(Duration.ofSeconds(2)).decoded()).isGreaterThan(45);
    regions.run("start", farHub);
  }

  @Test
  @Order(4)
  void where_two_regions_are_cut_off_from_each_other_the_stream_goes_through_the_third() {
    regions.run("cut", "r1", "r3");
    long ms = awaitPictures(far);
    System.out.println("r1 and r3 cut: plays again after " + ms + " ms");
    assertThat(ms).isLessThan(8_000);
    JsonNode before = regions.status();
    RtcWatch seen = far.watch(Duration.ofSeconds(4));
    assertThat(seen.decoded()).isGreaterThan(90);
    assertThat(grew(before, regions.status(), "r2", "r3", "bytes")).isGreaterThan(100_000);
    regions.run("heal");
  }

  /** Waits until a second of pictures was decoded that came after the accident, and returns for how many ms. */
  private static long awaitPictures(RtcPage player) {
    long start = System.nanoTime();
    long before = player.watch(Duration.ofMillis(500)).after().count("video.framesDecoded");
    Poll.until("pictures again", Duration.ofSeconds(25),
        () -> player.stats().count("video.framesDecoded") > before + 30, player.stats());
    return (System.nanoTime() - start) / 1_000_000;
  }

  private static double grew(JsonNode before, JsonNode after, String from, String to, String what) {
    return Laboratory.way(after, from, to).path(what).asDouble() - Laboratory.way(before, from, to).path(what).asDouble();
  }

  /** The node of a region that has the stream for the others, as that region's nodes say; null while none knows of it. */
  private static String hub(String region) {
    String origin = region + "-origin-0";
    JsonNode tree = regions.api(origin, "/api/v1/topology/streams/" + STREAM);
    return tree.path("hub").asString("").isEmpty() ? null : tree.path("hub").asString();
  }

  private static String other(String region, String node) {
    String origin = region + "-origin-0";
    return node.equals(origin) ? region + "-edge-0" : origin;
  }

  private static RtcPage page(String node) {
    return LAB.keep(new RtcPage(LAB.keep(new Browser()), regions.url(node, "http", "/")));
  }

  private static URI whip(String node) {
    return regions.url(node, "api", "/" + STREAM + "/whip");
  }

  private static URI whep(String node) {
    return regions.url(node, "api", "/" + STREAM + "/whep");
  }
}
