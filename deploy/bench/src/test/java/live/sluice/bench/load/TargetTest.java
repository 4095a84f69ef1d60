package live.sluice.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import live.sluice.bench.BenchException;
import org.junit.jupiter.api.Test;

class TargetTest {

  @Test
  void theFormOfTheUrlSaysWhatIsSpoken() {
    assertThat(Target.of("rtmp://127.0.0.1/live/a").protocol()).isEqualTo(Target.Protocol.RTMP);
    assertThat(Target.of("rtmp://127.0.0.1/live/a").address().getPort()).isEqualTo(1935);
    assertThat(Target.of("http://127.0.0.1:8080/live/a.flv").protocol()).isEqualTo(Target.Protocol.HTTP_FLV);
    assertThat(Target.of("ws://127.0.0.1:8080/live/a.flv").protocol()).isEqualTo(Target.Protocol.WS_FLV);
    assertThat(Target.of("http://127.0.0.1/live/a.m3u8?x=1").protocol()).isEqualTo(Target.Protocol.HLS);
    assertThatThrownBy(() -> Target.of("https://127.0.0.1/live/a.flv")).isInstanceOf(BenchException.class);
    assertThatThrownBy(() -> Target.of("live/a")).isInstanceOf(BenchException.class);
  }

  @Test
  void offersGoWhereTheirUrlSaysAndShortFormsAreMadeLong() {
    Target whep = Target.of("whep://127.0.0.1/live/a?token=x");
    assertThat(whep.protocol()).isEqualTo(Target.Protocol.WHEP);
    assertThat(whep.url()).isEqualTo("http://127.0.0.1:1985/live/a/whep?token=x");
    assertThat(whep.address().getPort()).isEqualTo(1985);
    assertThat(Target.of("whip://127.0.0.1:8889/a/whip").url()).isEqualTo("http://127.0.0.1:8889/a/whip");
    assertThat(Target.of("http://127.0.0.1:1985/rtc/v1/whip/?app=live&stream=a").protocol())
        .isEqualTo(Target.Protocol.WHIP);
    assertThat(Target.of("http://127.0.0.1:7080/whep/endpoint/a").protocol()).isEqualTo(Target.Protocol.WHEP);
    assertThatThrownBy(() -> Target.of("wheps://127.0.0.1/live/a")).isInstanceOf(BenchException.class);
  }

  @Test
  void janusIsAMountpointBehindItsInterfaceAndPlainRtpAPort() {
    Target janus = Target.of("janus://127.0.0.1/janus/7");
    assertThat(janus.protocol()).isEqualTo(Target.Protocol.JANUS);
    assertThat(janus.address().getPort()).isEqualTo(8088);
    assertThat(janus.request(0)).isEqualTo("/janus/7");
    assertThatThrownBy(() -> Target.of("janus://127.0.0.1")).isInstanceOf(BenchException.class);
    assertThat(Target.of("rtp://127.0.0.1:5004").protocol()).isEqualTo(Target.Protocol.RTP);
    assertThatThrownBy(() -> Target.of("rtp://127.0.0.1")).hasMessageContaining("no port");
  }

  @Test
  void theNumberOfAStreamStandsWhereItsNameEnds() {
    assertThat(Target.of("whip://127.0.0.1/live/a").withNumber().url(3))
        .isEqualTo("http://127.0.0.1:1985/live/a3/whip");
    assertThat(Target.of("http://127.0.0.1/rtc/v1/whip/?app=live&stream=a&x=y").withNumber().url(3))
        .isEqualTo("http://127.0.0.1/rtc/v1/whip/?app=live&stream=a3&x=y");
    assertThatThrownBy(() -> Target.of("http://127.0.0.1/whip/endpoint/a").withNumber())
        .isInstanceOf(BenchException.class)
        .hasMessageContaining("{n}");
  }

  @Test
  void numbersTakeTheirPlaceOrFollowTheName() {
    Target named = Target.of("http://127.0.0.1/live/a{n}.flv?token=x");
    assertThat(named.request(7)).isEqualTo("/live/a7.flv?token=x");
    assertThat(named.withNumber()).isEqualTo(named);
    assertThat(Target.of("rtmp://127.0.0.1/live/a?b=c").withNumber().url(3)).isEqualTo("rtmp://127.0.0.1/live/a3?b=c");
  }
}
