package live.sluice.bench.compare.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import live.sluice.bench.BenchException;
import org.junit.jupiter.api.Test;

class GivenServerTest {
  @Test
  void a_server_is_given_by_its_name_address_and_process() {
    GivenServer server = GivenServer.parse("srs=http://10.0.0.1:8080/live/x.flv?a=b,77");

    assertThat(server.name()).isEqualTo("srs");
    assertThat(server.pids()).containsExactly(77);
    assertThat(server.playUrl(Protocol.FLV, "any", "balanced")).isEqualTo("http://10.0.0.1:8080/live/x.flv?a=b");
  }

  @Test
  void it_is_published_where_it_is_played_by_rtmp_unless_told() {
    assertThat(GivenServer.parse("srs=http://h:8080/live/x.flv,77").publishUrl(Protocol.FLV, "any")).isEqualTo("rtmp://h/live/x");
    assertThat(GivenServer.parse("srs=rtmp://h:1936/live/x,77").publishUrl(Protocol.FLV, "any")).isEqualTo("rtmp://h:1936/live/x");
    assertThat(GivenServer.parse("srs=http://h/x.flv,77,rtmp://h:9/live/x").publishUrl(Protocol.FLV, "any"))
        .isEqualTo("rtmp://h:9/live/x");
  }

  @Test
  void what_is_played_by_whep_is_published_by_whip() {
    assertThat(GivenServer.parse("a=http://h:8889/live/x/whep,77").publishUrl(Protocol.WHEP, "any"))
        .isEqualTo("http://h:8889/live/x/whip");
    assertThat(GivenServer.parse("a=http://h/rtc/v1/whep/?app=live&stream=x,77").publishUrl(Protocol.WHEP, "any"))
        .isEqualTo("http://h/rtc/v1/whip/?app=live&stream=x");
    assertThat(GivenServer.parse("a=whep://h/live/x,77").publishUrl(Protocol.WHEP, "any"))
        .isEqualTo("whip://h/live/x");
  }

  @Test
  void what_is_not_of_that_form_is_told() {
    assertThatThrownBy(() -> GivenServer.parse("http://h/x.flv,77"))
        .isInstanceOf(BenchException.class)
        .hasMessageContaining("NAME=URL,PID");
  }
}
