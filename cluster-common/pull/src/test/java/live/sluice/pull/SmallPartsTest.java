package live.sluice.pull;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import live.sluice.media.StreamKey;
import live.sluice.media.testing.ManualTicker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmallPartsTest {

  @Test
  void pausesGrowToTheirBoundAndBeginAnew() {
    BackOff backOff = new BackOff(Duration.ofMillis(100), Duration.ofSeconds(2));
    long[] upper = {100, 200, 400, 800, 1600, 2000, 2000};
    for (long most : upper) {
      assertThat(backOff.next()).isBetween(most / 2, most);
    }
    backOff.reset();
    assertThat(backOff.next()).isBetween(50L, 100L);
  }

  @ParameterizedTest
  @CsvSource({
    "cameras/*, cameras, a, rtmp://h/live/a",
    "*, cameras, a, rtmp://h/live/a",
    "*/a, x/y, a, rtmp://h/live/a",
    "cameras/*, tv, a, ",
    "tv.example.com/*/*, live, a, ",
    "__defaultVhost__/live/*, live, a, rtmp://h/live/a",
    "cameras/a.b, cameras, aXb, "
  })
  void aForeignSourceMatchesByPattern(String match, String app, String name, String expected) {
    ForeignSource source = new ForeignSource(match, "rtmp://h/live/${name}");
    assertThat(source.urlFor(StreamKey.of(app, name))).isEqualTo(expected);
  }

  @Test
  void aCredentialIsGoodForItsPathAndTimeOnly() {
    ManualTicker ticker = new ManualTicker();
    NodeCredential ours = new NodeCredential("secret", ticker);
    String header = ours.sign("edge-0", "/live/x.flv");
    assertThat(header).doesNotContain("secret");
    assertThat(ours.verify(header, "/live/x.flv")).isEqualTo("edge-0");
    assertThat(ours.verify(header, "/live/y.flv")).isNull();
    assertThat(new NodeCredential("other", ticker).verify(header, "/live/x.flv")).isNull();
    assertThat(ours.verify("edge-0;1;", "/live/x.flv")).isNull();
    assertThat(ours.verify("edge-0", "/live/x.flv")).isNull();
    assertThat(ours.verify("edge-0;99999999999999999999;aa", "/live/x.flv")).isNull();
    ticker.advance(301_000);
    assertThat(ours.verify(header, "/live/x.flv")).isNull();
  }

  @Test
  void withoutASecretEveryNodeIsLetIn() {
    NodeCredential open = new NodeCredential("", new ManualTicker());
    assertThat(open.verify(open.sign("edge-0", "/p"), "/p")).isEqualTo("edge-0");
  }

  @Test
  void theCacheIsBoundedInBytesAndTime() {
    ManualTicker ticker = new ManualTicker();
    HlsCache cache = new HlsCache(5_000, ticker);
    HlsObject object = new HlsObject(200, "t", "c", ByteBuffer.allocate(1_500));
    cache.put("a", object, Long.MAX_VALUE);
    cache.put("b", object, 300);
    assertThat(cache.get("a")).isSameAs(object);
    cache.put("c", object, Long.MAX_VALUE);
    assertThat(cache.get("b")).as("used longest ago").isNull();
    assertThat(cache.get("a")).isSameAs(object);
    cache.put("c", object, 300);
    assertThat(cache.bytes()).isEqualTo(2 * 2_012);
    ticker.advance(300);
    assertThat(cache.get("c")).isNull();
    assertThat(cache.bytes()).isEqualTo(2_012);
    cache.put("d", object, 0);
    assertThat(cache.get("d")).isNull();
  }
}
