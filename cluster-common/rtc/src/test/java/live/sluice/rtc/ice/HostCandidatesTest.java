package live.sluice.rtc.ice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;
import org.junit.jupiter.api.Test;

class HostCandidatesTest {
  @Test
  void configuredAddressesAreToldInTheirOrderByUdpAndTcp() {
    List<Candidate> candidates =
        HostCandidates.configured(List.of("203.0.113.5", "[2001:db8::5]:9000"), 8000, 8001).candidates();

    assertThat(candidates).extracting(Candidate::toSdp).containsExactly(
        "candidate:1 1 udp 2130706431 203.0.113.5 8000 typ host",
        "candidate:3 1 udp 2130706175 2001:db8:0:0:0:0:0:5 9000 typ host",
        "candidate:2 1 tcp 1520435199 203.0.113.5 8001 typ host tcptype passive",
        "candidate:4 1 tcp 1520434943 2001:db8:0:0:0:0:0:5 9000 typ host tcptype passive");
    assertThat(candidates).extracting(Candidate::priority).isSortedAccordingTo((a, b) -> Long.compare(b, a));
  }

  @Test
  void withoutTcpNoneIsTold() {
    assertThat(HostCandidates.configured(List.of("203.0.113.5"), 8000, 0).candidates()).hasSize(1);
  }

  @Test
  void whoListensAtOneAddressTellsThatOneAlone() {
    InetAddress listen = InetAddress.ofLiteral("127.0.0.1");

    assertThat(HostCandidates.listeningOn(listen, true, 8000, 0).candidates()).extracting(Candidate::toSdp)
        .containsExactly("candidate:1 1 udp 2130706431 127.0.0.1 8000 typ host");
    assertThat(HostCandidates.listeningOn(InetAddress.ofLiteral("0.0.0.0"), true, 8000, 0).candidates()).isNotEmpty()
        .allMatch(candidate -> !candidate.address().isAnyLocalAddress());
  }

  @Test
  void aNameIsLookedUpOnlyInTheConfiguration() {
    assertThat(HostCandidates.configured(List.of("localhost"), 8000, 0).candidates().getFirst().address())
        .matches(InetAddress::isLoopbackAddress);
    assertThat(HostAddress.parse("localhost")).isNull();
    assertThatThrownBy(() -> HostCandidates.configured(List.of("203.0.113.5:99999"), 8000, 0))
        .isInstanceOfSatisfying(
            SluiceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIG_INVALID))
        .hasMessageContaining("203.0.113.5:99999");
  }

  @Test
  void oneAddressThatAClientAskedForReplacesAll() {
    HostCandidates all = HostCandidates.configured(List.of("203.0.113.5", "203.0.113.6"), 8000, 8000);

    assertThat(all.only(HostAddress.parse("198.51.100.1:18000")).candidates())
        .extracting(Candidate::toSdp)
        .containsExactly(
            "candidate:1 1 udp 2130706431 198.51.100.1 18000 typ host",
            "candidate:2 1 tcp 1520435199 198.51.100.1 18000 typ host tcptype passive");
  }

  @Test
  void addressesOfInterfacesAreSortedAndThoseOfALinkLeftOut() {
    List<InetAddress> all =
        addresses("127.0.0.1", "::1", "fe80::1", "169.254.1.1", "fd00::1", "10.0.0.1", "2001:db8::1", "203.0.113.1");

    assertThat(Interfaces.usable(all, false))
        .isEqualTo(addresses("203.0.113.1", "2001:db8::1", "10.0.0.1", "fd00::1"));
    assertThat(Interfaces.usable(all, true))
        .isEqualTo(addresses("203.0.113.1", "2001:db8::1", "10.0.0.1", "fd00::1", "127.0.0.1", "::1"));
  }

  @Test
  void loopbackIsToldWhereThereIsNothingElse() {
    assertThat(Interfaces.usable(addresses("::1", "127.0.0.1", "fe80::1"), false))
        .isEqualTo(addresses("127.0.0.1", "::1"));
  }

  @Test
  void theMachinesInterfacesAreFound() {
    assertThat(HostCandidates.ofInterfaces(true, 8000, 0).candidates())
        .isNotEmpty()
        .allMatch(c -> c.port() == 8000 && !c.tcp());
  }

  @Test
  void whoCantReachAnyOfThemIsToldWhy() {
    HostCandidates loopback = HostCandidates.of(addresses("127.0.0.1"), 1, 0);
    HostCandidates inside = HostCandidates.of(addresses("10.0.0.1", "fd00::1"), 1, 0);
    HostCandidates named = HostCandidates.configured(List.of("10.0.0.1"), 1, 0);

    assertThat(loopback.unreachableFrom(InetAddress.ofLiteral("127.0.0.1"))).isNull();
    assertThat(loopback.unreachableFrom(InetAddress.ofLiteral("10.0.0.9"))).contains("rtc.candidates");
    assertThat(inside.unreachableFrom(InetAddress.ofLiteral("10.0.0.9"))).isNull();
    assertThat(inside.unreachableFrom(InetAddress.ofLiteral("127.0.0.1"))).isNull();
    assertThat(inside.unreachableFrom(InetAddress.ofLiteral("203.0.113.9"))).contains("203.0.113.9");
    assertThat(named.unreachableFrom(InetAddress.ofLiteral("203.0.113.9"))).isNull();
    HostCandidates mapped = HostCandidates.configured(List.of("127.0.0.1:8100"), 1, 0);
    assertThat(mapped.unreachableFrom(InetAddress.ofLiteral("172.17.0.1"))).as("the operator's word").isNull();
    assertThat(HostCandidates.of(List.of(), 1, 0).unreachableFrom(InetAddress.ofLiteral("127.0.0.1"))).isNotNull();
  }

  private static List<InetAddress> addresses(String... texts) {
    return List.of(texts).stream().map(InetAddress::ofLiteral).toList();
  }
}
