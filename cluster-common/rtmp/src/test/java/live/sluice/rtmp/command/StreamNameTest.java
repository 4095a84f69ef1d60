package live.sluice.rtmp.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;
import live.sluice.media.StreamKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamNameTest {

  private static StreamName name(String tcUrl, String app, String stream) {
    return StreamName.of(tcUrl, app, stream, host -> host.equals("tv.example.com") || host.equals("2001:db8::1"));
  }

  @ParameterizedTest
  @CsvSource({
    "live, x, live/x",
    "live/, x, live/x",
    "/live/a/, /x, live/a/x",
    "live, a/x, live/a/x",
    "live/a, x, live/a/x",
    "live?t=1, x?u=2, live/x",
  })
  void clientsMayCutTheUrlWhereTheyLike(String app, String stream, String expected) {
    assertThat(name("", app, stream).key()).hasToString(expected);
  }

  @Test
  void parametersOfAppAndStreamAreKeptAndAreNoPartOfTheName() {
    assertThat(name("", "live?t=1", "x?u=2").param()).isEqualTo("t=1&u=2");
    assertThat(name("rtmp://h/live?t=3", "live", "x").param()).isEqualTo("t=3");
    assertThat(name("rtmp://h/live?t=3", "live?t=1", "x?").param()).isEqualTo("t=1");
  }

  @ParameterizedTest
  @CsvSource({
    "rtmp://tv.example.com/live, tv.example.com",
    "rtmp://tv.example.com:1935/live, tv.example.com",
    "rtmps://user@tv.example.com:1935/live, tv.example.com",
    "rtmp://[2001:db8::1]:1935/live, 2001:db8::1",
    "rtmp://[2001:db8::1, __defaultVhost__",
    "rtmp://192.0.2.1/live, __defaultVhost__",
    "rtmp://other.example.com/live, __defaultVhost__",
    "tv.example.com/live, __defaultVhost__",
    "rtmp://192.0.2.1/live?vhost=tv.example.com, tv.example.com",
    "rtmp://192.0.2.1/live?vhost=other.example.com, __defaultVhost__",
  })
  void theVirtualHostIsTheHostOfTheUrlWhereThatIsKnown(String tcUrl, String expected) {
    assertThat(name(tcUrl, "live", "x").key().vhost()).isEqualTo(expected);
  }

  @Test
  void aVirtualHostThatIsNamedWins() {
    assertThat(name("rtmp://tv.example.com/live", "live", "x?vhost=2001:db8::1&t=1").key())
        .isEqualTo(new StreamKey("2001:db8::1", "live", "x"));
  }

  @ParameterizedTest
  @CsvSource({"live, ''", "'', x", "live, ..", "live/../a, x", "live, 'a b'", "live, x%2f", "live, a//x"})
  void whatIsNoNameIsRefused(String app, String stream) {
    assertThatThrownBy(() -> name("", app, stream))
        .satisfies(e -> assertThat(SluiceException.codeOf(e)).isEqualTo(ErrorCode.STREAM_NAME_INVALID));
  }

  @Test
  void queriesAreReadByTheLastValueOfAName() {
    assertThat(Query.value("a=1&ab=2&a=3&c", "a")).isEqualTo("3");
    assertThat(Query.value("a=1&ab=2&a=3&c", "c")).isEmpty();
    assertThat(Query.value("a=1&ab=2&a=3&c", "b")).isNull();
    assertThat(Query.value("", "a")).isNull();
  }
}
