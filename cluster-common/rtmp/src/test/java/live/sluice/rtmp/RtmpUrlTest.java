package live.sluice.rtmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RtmpUrlTest {

  @Test
  void theLastSegmentIsTheStreamAndKeepsItsParameters() {
    RtmpUrl url = RtmpUrl.parse("rtmp://example.com/a/b/x?token=1/2&u=3");
    assertThat(url).isEqualTo(new RtmpUrl(false, "example.com", 1935, "a/b", "x?token=1/2&u=3"));
    assertThat(url.tcUrl()).isEqualTo("rtmp://example.com:1935/a/b");
    assertThat(url).hasToString("rtmp://example.com:1935/a/b/x");
  }

  @Test
  void addressesOfIpv6StandInBrackets() {
    RtmpUrl url = RtmpUrl.parse("rtmps://[2001:db8::1]:1443/live/x");
    assertThat(url).isEqualTo(new RtmpUrl(true, "2001:db8::1", 1443, "live", "x"));
    assertThat(url.tcUrl()).isEqualTo("rtmps://[2001:db8::1]:1443/live");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://h/a/x", "rtmp://h/x", "rtmp://h", "rtmp:///a/x", "rtmp://h/a/", "rtmp://h:x/a/b", ""})
  void whatIsNoUrlOfAStreamIsRefused(String text) {
    assertThatThrownBy(() -> RtmpUrl.parse(text))
        .satisfies(e -> assertThat(SluiceException.codeOf(e)).isEqualTo(ErrorCode.BAD_REQUEST));
  }
}
