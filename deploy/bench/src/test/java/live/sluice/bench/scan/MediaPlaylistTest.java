package live.sluice.bench.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MediaPlaylistTest {

  @Test
  void segmentsHaveNumbersAndDurations() {
    MediaPlaylist list =
        MediaPlaylist.parse(
            "#EXTM3U\n#EXT-X-TARGETDURATION:3\n#EXT-X-MEDIA-SEQUENCE:17\n#EXTINF:2.5,\na.ts\r\n#EXTINF:3,title\nb.ts?x=1\n");
    assertThat(list.sequence()).isEqualTo(17);
    assertThat(list.targetSeconds()).isEqualTo(3);
    assertThat(list.ended()).isFalse();
    assertThat(list.segments())
        .containsExactly(new MediaPlaylist.Segment("a.ts", 2.5), new MediaPlaylist.Segment("b.ts?x=1", 3));
  }

  @Test
  void theFirstVariantIsTaken() {
    assertThat(MediaPlaylist.parse("#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nlow/x.m3u8\n").variant())
        .isEqualTo("low/x.m3u8");
  }

  @Test
  void whatIsNoPlaylistIsFound() {
    assertThatThrownBy(() -> MediaPlaylist.parse("<html>")).isInstanceOf(ScanException.class);
    assertThatThrownBy(() -> MediaPlaylist.parse("#EXTM3U\na.ts\n")).isInstanceOf(ScanException.class);
  }
}
