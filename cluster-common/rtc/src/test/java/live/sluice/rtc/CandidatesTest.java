package live.sluice.rtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import live.sluice.media.SluiceException;
import live.sluice.media.StreamKey;
import live.sluice.media.testing.ManualTicker;
import live.sluice.rtc.ice.Candidate;
import live.sluice.rtc.ice.HostAddress;
import live.sluice.rtc.whip.RtcClient;
import live.sluice.rtc.whip.RtcRequest;
import org.junit.jupiter.api.Test;

class CandidatesTest {
  private final ManualTicker ticker = new ManualTicker();

  private Candidates candidates(String listen, String... configured) {
    Candidates candidates = new Candidates(List.of(configured), listen, ticker);
    candidates.listening(8000, 8000);
    return candidates;
  }

  private static RtcRequest request(String from, String to, HostAddress... announced) {
    RtcClient client = new RtcClient(from, to, "http://example.com/live/x/whep", "", "");
    return new RtcRequest(StreamKey.of("live", "x"), "", client, List.of(announced), null);
  }

  private static List<String> texts(List<Candidate> candidates) {
    return candidates.stream()
        .map(one -> (one.tcp() ? "tcp " : "udp ") + one.address().getHostAddress() + ' ' + one.port())
        .toList();
  }

  @Test
  void aNodeThatListensOnOneAddressTellsThatOneAlone() {
    assertThat(texts(candidates("127.0.0.1").of(request("127.0.0.1:5000", "127.0.0.1"))))
        .containsExactly("udp 127.0.0.1 8000", "tcp 127.0.0.1 8000");
    assertThat(texts(candidates("192.0.2.7").of(request("127.0.0.1:5000", "127.0.0.1"))))
        .containsExactly("udp 192.0.2.7 8000", "tcp 192.0.2.7 8000");
  }

  @Test
  void whoComesFromElsewhereToANodeOnLoopbackIsToldSo() {
    Candidates loopback = candidates("127.0.0.1");
    assertThatThrownBy(() -> loopback.of(request("192.0.2.1:5000", "127.0.0.1")))
        .isInstanceOf(SluiceException.class)
        .hasMessageContaining("rtc.candidates");
  }

  @Test
  void whatTheOperatorNamesGoesBeforeWhatIsListenedOn() {
    assertThat(texts(candidates("127.0.0.1", "203.0.113.7:18000").of(request("192.0.2.1:5000", "127.0.0.1"))))
        .containsExactly("udp 203.0.113.7 18000", "tcp 203.0.113.7 18000");
  }

  @Test
  void whatTheRequestNamesGoesBeforeAll() {
    RtcRequest request =
        request("192.0.2.1:5000", "127.0.0.1", new HostAddress(InetAddress.ofLiteral("203.0.113.9"), 0));
    assertThat(texts(candidates("127.0.0.1", "203.0.113.7:18000").of(request)))
        .containsExactly("udp 203.0.113.9 8000", "tcp 203.0.113.9 8000");
  }

  @Test
  void aNodeThatListensEverywhereTellsItsInterfaces() {
    assertThat(texts(candidates("0.0.0.0").of(request("127.0.0.1:5000", "127.0.0.1")))).contains("udp 127.0.0.1 8000");
  }
}
