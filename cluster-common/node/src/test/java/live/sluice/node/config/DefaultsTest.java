package live.sluice.node.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import live.sluice.media.MediaSettings;
import org.junit.jupiter.api.Test;

class DefaultsTest {

  @Test
  void noDefaultChangesSilently() {
    assertThat(String.join("\n", lines(NodeConfig.defaults())))
        .isEqualTo(
            """
            node.name=
            node.region=default
            node.host=
            node.event-loops=0
            node.drain-deadline=30s
            rtmp.listen=0.0.0.0
            rtmp.port=1935
            rtmp.tls-port=1443
            rtmp.handshake-timeout=10s
            rtmp.command-timeout=15s
            rtmp.max-chunk-size=16MiB
            rtmp.max-message-size=16MiB
            rtmp.max-streams=16
            http.listen=0.0.0.0
            http.port=8080
            http.tls-port=8088
            http.max-url-length=4KiB
            http.max-header-size=16KiB
            http.request-timeout=10s
            http.idle-timeout=1m
            http.cors-origin=*
            api.listen=0.0.0.0
            api.port=1985
            api.tls-port=1990
            api.token=
            api.cors-origin=*
            api.cluster-timeout=1s
            rtc.enabled=true
            rtc.listen=0.0.0.0
            rtc.port=8000
            rtc.tcp=true
            rtc.candidates=[]
            rtc.ice-servers=[]
            rtc.handshake-timeout=10s
            rtc.max-handshakes=500
            rtc.idle-timeout=30s
            rtc.player-wait=0s
            rtc.max-bitrate=20Mbps
            rtc.nack-history=1s
            rtc.transcode=off
            hop.enabled=true
            hop.listen=
            hop.port=8001
            hop.streams=quic
            hop.certificate=
            hop.key=
            hop.authority=
            hop.regions=[]
            tls.certificate=
            tls.key=
            auth.publish-tokens=[]
            auth.play-tokens=[]
            cluster.name=sluice
            cluster.secret=
            cluster.members=[]
            cluster.listen=
            cluster.allow-wildcard=false
            cluster.member-port=5701
            cluster.client-port=5702
            cluster.kubernetes-service=
            cluster.quorum=false
            cluster.origins=0
            cluster.renewal=1s
            cluster.lease=8s
            media.gop-bytes=16MiB
            media.gop-frames=4096
            media.reader-lag=5s
            media.reader-bytes=16MiB
            media.reader-stuck=30s
            media.player-wait=10s
            media.player-keep=2m
            media.publish-idle=15s
            media.memory-budget=1GiB
            media.take-over=false
            latency=balanced
            vhosts={}
            hls.enabled=true
            hls.segment=2s
            hls.window=6
            hls.kept=4
            hls.stream-bytes=128MiB
            hls.linger=1m
            pull.linger=5s
            pull.connect-timeout=3s
            pull.idle-timeout=10s
            pull.backoff-min=100ms
            pull.backoff-max=2s
            pull.sources=[]
            limits.sessions=10000
            limits.sessions-per-address=2000
            log.format=auto
            log.level=info""");
  }

  @Test
  void streamsGetWhatTheyHaveWithoutAConfiguration() {
    assertThat(NodeConfig.defaults().mediaSettings()).isEqualTo(MediaSettings.defaults());
  }

  @Test
  void nothingGivenIsTheDefaults() {
    assertThat(ConfigLoader.load(null, Map.of(), List.of()).config()).isEqualTo(NodeConfig.defaults());
  }

  private static List<String> lines(NodeConfig config) {
    return ConfigLoader.describe(config).entrySet().stream().map(e -> e.getKey() + '=' + e.getValue()).toList();
  }
}
