package live.sluice.rtc.ice;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class CandidateTest {
  @Test
  void aHostsAddressIsWrittenAsBrowsersReadIt() {
    InetAddress address = InetAddress.ofLiteral("203.0.113.5");

    assertThat(Candidate.host(address, 8000, false, 0).toSdp())
        .isEqualTo("candidate:1 1 udp 2130706431 203.0.113.5 8000 typ host");
    assertThat(Candidate.host(address, 8000, true, 0).toSdp())
        .isEqualTo("candidate:2 1 tcp 1520435199 203.0.113.5 8000 typ host tcptype passive");
  }

  @Test
  void ipv6HasNeitherBracketsNorZone() throws Exception {
    InetAddress global = InetAddress.ofLiteral("2001:db8::5");
    InetAddress ofLink = InetAddress.ofLiteral("fe80::1");

    assertThat(Candidate.host(global, 1, false, 0).toSdp()).contains(" 2001:db8:0:0:0:0:0:5 1 ");
    assertThat(Candidate.host(ofLink, 1, false, 0).toSdp()).doesNotContain("%");
  }

  @Test
  void everyUdpCandidateIsBetterThanEveryTcpOneAndEarlierThanLater() {
    InetAddress address = InetAddress.ofLiteral("203.0.113.5");
    long firstUdp = Candidate.host(address, 1, false, 0).priority();
    long secondUdp = Candidate.host(address, 1, false, 1).priority();
    long lastUdp = Candidate.host(address, 1, false, 70_000).priority();
    long firstTcp = Candidate.host(address, 1, true, 0).priority();
    long secondTcp = Candidate.host(address, 1, true, 1).priority();

    assertThat(firstUdp).isGreaterThan(secondUdp);
    assertThat(lastUdp).isGreaterThan(firstTcp);
    assertThat(firstTcp).isGreaterThan(secondTcp);
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    for (boolean tcp : new boolean[] {false, true}) {
      for (String host : new String[] {"203.0.113.5", "2001:db8::5"}) {
        Candidate candidate = Candidate.host(InetAddress.ofLiteral(host), 8000, tcp, 3);
        assertThat(Candidate.parse(candidate.toSdp())).isEqualTo(candidate);
        assertThat(Candidate.parse("a=" + candidate.toSdp())).isEqualTo(candidate);
      }
    }
  }

  @Test
  void candidatesOfOthersAreRead() {
    Candidate reflexive =
        Candidate.parse(
            "candidate:842163049 1 UDP 1677729535 198.51.100.7 46154 typ srflx raddr 10.0.1.1 rport 46154"
                + " generation 0 ufrag a network-cost 50");

    assertThat(reflexive).isEqualTo(
        new Candidate("842163049", false, 1677729535L, InetAddress.ofLiteral("198.51.100.7"), 46154));
  }

  @Test
  void whatCantBeSentToIsNoCandidate() {
    String name = "candidate:1 1 udp 1 4c0ab6ea-2c1e.local 9 typ host";
    String active = "candidate:1 1 tcp 1 203.0.113.5 9 typ host tcptype active";
    String rtcp = "candidate:1 2 udp 1 203.0.113.5 9 typ host";

    assertThat(Candidate.parse(name)).isNull();
    assertThat(Candidate.parse(active)).isNull();
    assertThat(Candidate.parse(rtcp)).isNull();
  }

  @Test
  void malformedOnesAreNone() {
    String good = "candidate:1 1 udp 1 203.0.113.5 9 typ host";
    assertThat(Candidate.parse(good)).isNotNull();
    for (int end = 0; end < good.length() - 5; end++) {
      assertThat(Candidate.parse(good.substring(0, end))).isNull();
    }
    assertThat(Candidate.parse(good.replace(" 9 ", " 65536 "))).isNull();
    assertThat(Candidate.parse(good.replace(" 9 ", " 0 "))).isNull();
    assertThat(Candidate.parse(good.replace(" 9 ", " -1 "))).isNull();
    assertThat(Candidate.parse(good.replace("udp 1", "udp 2147483648"))).isNull();
    assertThat(Candidate.parse(good.replace("udp 1", "udp 99999999999999999999"))).isNull();
    assertThat(Candidate.parse(good.replace("203.0.113.5", "fe80::1%eth0"))).isNull();
    assertThat(Candidate.parse(good.replace("candidate:1", "candidate:" + "1".repeat(33)))).isNull();
    assertThat(Candidate.parse(good + " x".repeat(300))).isNull();
  }
}
