package live.sluice.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import live.sluice.systemtest.kit.Api;
import live.sluice.systemtest.kit.Browser;
import live.sluice.systemtest.kit.Cluster;
import live.sluice.systemtest.kit.Lab;
import live.sluice.systemtest.kit.NodeProcess;
import live.sluice.systemtest.kit.Offer;
import live.sluice.systemtest.kit.Poll;
import live.sluice.systemtest.kit.RtcPage;
import live.sluice.systemtest.kit.RtcSource;
import live.sluice.systemtest.kit.RtcWatch;
import live.sluice.systemtest.kit.Stranger;
import live.sluice.systemtest.kit.Stun;
import live.sluice.systemtest.kit.Whip;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Who floods the port of WebRTC gets no more than it sends, takes no memory, and is not noticed by those who publish and
 * play beside it.
 */
class RtcHostileIT {

  @RegisterExtension static final Lab LAB = new Lab();

  private static final Duration SOON = Duration.ofSeconds(15);
  private static final Duration MOMENT = Duration.ofMillis(500);
  private static final Duration AFTERWARDS = Duration.ofSeconds(2);
  private static final int BURSTS = 30;
  private static final int BURST = 200;
  private static final long MEMORY = 96L << 20;

  private static NodeProcess node;
  private static RtcPage publisher;
  private static RtcPage player;
  private static final Whip WHIP = new Whip();

  @BeforeAll
  static void start() {
    node = Cluster.start(LAB, 1, 0, List.of("rtc.handshake-timeout=4s"), false).origin(0);
    LAB.keep(WHIP);
    publisher = new RtcPage(LAB.keep(new Browser()), node);
    publisher.publish(node.whip("live/victim"), RtcSource.of("VP8"));
    Poll.until("the stream is live", SOON, () -> new Api(node).isLive("live/victim"));
    player = new RtcPage(LAB.keep(new Browser()), node);
    player.play(node.whep("live/victim"));
    player.awaitPicture(SOON).watch(Duration.ofSeconds(4));
  }

  @Test
  void a_stranger_gets_nothing_for_garbage_or_for_dtls() throws Exception {
    Random random = new Random(4);
    beside(() -> {
      try (Stranger stranger = new Stranger(node)) {
        flood(stranger, () -> {
          byte[] garbage = new byte[random.nextInt(1, 1400)];
          random.nextBytes(garbage);
          return garbage;
        });
        assertThat(stranger.received()).as("bytes for garbage").isZero();
      }
      try (Stranger stranger = new Stranger(node)) {
        int[] number = {0};
        flood(stranger, () -> declaring(0xffffff, number[0]++));
        assertThat(stranger.received()).as("bytes for DTLS").isZero();
      }
    });
  }

  @Test
  void a_stranger_with_wrong_credentials_gets_no_more_than_it_sends() throws Exception {
    String ufrag = ufragOf(player);
    beside(() -> {
      try (Stranger stranger = new Stranger(node)) {
        flood(stranger, () -> Stun.check(Offer.player(), ufrag, "a-password-of-no-session"));
        flood(stranger, () -> Stun.check(Offer.player(), "nobody", "a-password-of-no-session"));
        System.out.println("wrong credentials: " + stranger.sent() + " bytes in, " + stranger.received() + " out");
        assertThat(stranger.received()).isLessThanOrEqualTo(stranger.sent());
      }
    });
  }

  @Test
  void one_check_with_the_right_credentials_is_answered_with_no_more_than_it_has() {
    Offer offer = Offer.player();
    Whip.Answer answer = play(offer);
    try (Stranger stranger = new Stranger(node)) {
      stranger.send(Stun.check(offer, answer.attribute("ice-ufrag"), answer.attribute("ice-pwd"))).listen(MOMENT);
      System.out.println("one check: " + stranger.sent() + " bytes in, " + stranger.received() + " out");
      assertThat(stranger.received()).isPositive().isLessThanOrEqualTo(stranger.sent());
    } finally {
      WHIP.delete(answer.location());
    }
  }

  @Test
  void rtp_from_a_stranger_is_nothing_to_anybody() throws Exception {
    int ssrc = (int) publisher.stats().count("out.video.ssrc");
    byte[] payload = new byte[1100];
    new Random(5).nextBytes(payload);
    beside(() -> {
      try (Stranger stranger = new Stranger(node)) {
        int[] number = {0};
        flood(stranger, () -> rtp(ssrc, number[0]++, payload));
        assertThat(stranger.received()).isZero();
      }
    });
  }

  @Test
  void declared_lengths_take_no_memory_from_an_address_that_has_proved_itself() throws Exception {
    Offer offer = Offer.player();
    Whip.Answer answer = play(offer);
    beside(() -> {
      try (Stranger stranger = new Stranger(node)) {
        stranger.prove(Stun.check(offer, answer.attribute("ice-ufrag"), answer.attribute("ice-pwd")), SOON);
        int[] number = {0};
        flood(stranger, () -> declaring(0xffffff, number[0]++));
        System.out.println("declared lengths: " + stranger.sent() + " bytes in, " + stranger.received() + " out");
      }
    });
    WHIP.delete(answer.location());
  }

  @Test
  void handshakes_that_are_never_finished_are_forgotten() throws Exception {
    int before = clients();
    beside(() -> {
      List<Stranger> strangers = new ArrayList<>();
      try {
        for (int i = 0; i < 100; i++) {
          Offer offer = Offer.player();
          Whip.Answer answer = play(offer);
          Stranger stranger = new Stranger(node);
          strangers.add(stranger);
          stranger.prove(Stun.check(offer, answer.attribute("ice-ufrag"), answer.attribute("ice-pwd")), SOON);
          stranger.send(declaring(100, 0)).send(declaring(100, 1)).send(new byte[] {22, (byte) 0xfe, (byte) 0xfd});
        }
        Poll.until("all are forgotten", SOON, () -> clients() == before);
      } finally {
        strangers.forEach(Stranger::close);
      }
    });
  }

  @Test
  void offers_of_every_bad_kind_are_refused_one_after_the_other() throws Exception {
    int before = clients();
    Random random = new Random(6);
    String good = Offer.player().sdp();
    beside(() -> {
      for (int i = 0; i < 400; i++) {
        StringBuilder bad = new StringBuilder(good);
        for (int flips = random.nextInt(1, 40); flips > 0; flips--) {
          bad.setCharAt(random.nextInt(bad.length()), (char) random.nextInt(1, 127));
        }
        Whip.Answer answer = WHIP.post(node.whep("live/victim"), bad.toString());
        assertThat(answer.status()).as("for\n" + bad + "\n" + answer.body()).isIn(201, 400, 422);
        if (answer.status() == 201) {
          WHIP.delete(answer.location());
        }
      }
      Poll.until("nothing is left of them", SOON, () -> clients() == before);
    });
  }

  /** Runs {@code attack} while the others publish and play, who must not notice. */
  private static void beside(Attack attack) throws Exception {
    long memory = memory();
    player.page().evaluate("kit.mark()");
    // Both are asked in the same order each time: what is on its way at one end is so at the other.
    var published = publisher.stats();
    var played = player.stats();
    attack.run();
    player.watch(AFTERWARDS);
    RtcWatch sent = new RtcWatch(published, publisher.stats(), List.of(), List.of());
    RtcWatch seen = new RtcWatch(played, player.stats(), player.lips(), List.of());
    long grown = memory() - memory;
    System.out.println("beside it: " + seen.player() + "; memory " + (grown >> 20) + " MiB");
    assertThat(seen.after().text("state")).isEqualTo("connected");
    assertThat(seen.freezes()).as("freezes").isZero();
    assertThat(seen.decoded()).as("pictures decoded").isGreaterThan(0.95 * sent.sent());
    assertThat(grown).as("memory of the node").isLessThan(MEMORY);
    assertThat(node.log()).doesNotContain("OutOfMemoryError").doesNotContain("Internal");
  }

  /** What a hostile client does. */
  private interface Attack {
    void run() throws Exception;
  }

  /** Makes datagrams. */
  private interface Datagrams {
    byte[] next();
  }

  /** Some thousand a second, so that the browsers beside it have a core left. */
  private static void flood(Stranger stranger, Datagrams datagrams) {
    for (int i = 0; i < BURSTS; i++) {
      for (int j = 0; j < BURST; j++) {
        stranger.send(datagrams.next());
      }
      stranger.listen(Duration.ofMillis(20));
    }
    stranger.listen(MOMENT);
  }

  /** A fragment of one byte of a DTLS handshake message that says it has {@code length} (RFC 6347, section 4.2.2). */
  private static byte[] declaring(int length, int number) {
    ByteBuffer record = ByteBuffer.allocate(26);
    record.put((byte) 22).putShort((short) 0xfefd).putShort((short) 0).putShort((short) 0).putInt(number);
    record.putShort((short) 13);
    record.put((byte) 1).put((byte) (length >> 16)).putShort((short) length).putShort((short) (number % 16));
    // From offset 0 on, one byte, which follows.
    return record.put(new byte[] {0, 0, 0, 0, 0, 1, 0}).array();
  }

  private static byte[] rtp(int ssrc, int number, byte[] payload) {
    return ByteBuffer.allocate(12 + payload.length).put((byte) 0x80).put((byte) 96).putShort((short) number)
        .putInt(number * 3000).putInt(ssrc).put(payload).array();
  }

  private static Whip.Answer play(Offer offer) {
    Whip.Answer answer = WHIP.post(node.whep("live/victim"), offer.sdp().replace("H264/90000",
        "VP8/90000").replaceAll("a=fmtp:96.*\r\n", ""));
    assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
    return answer;
  }

  private static String ufragOf(RtcPage page) {
    return page.answer().lines().filter(line -> line.startsWith("a=ice-ufrag:")).findFirst().orElseThrow()
        .substring("a=ice-ufrag:".length()).strip();
  }

  private static int clients() throws IOException {
    return new Api(node).clients().size();
  }

  /** Bytes of memory that the node's process has. */
  private static long memory() throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(node.process().pid()), "status")).stream()
        .filter(line -> line.startsWith("VmRSS:")).mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
        .findFirst().orElseThrow();
  }
}
