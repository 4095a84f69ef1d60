package live.sluice.node.config;

import java.util.Map;
import live.sluice.media.LatencyProfile;
import live.sluice.media.MediaSettings;
import live.sluice.media.StreamKey;

/**
 * The whole configuration of a node. Every key stands in {@code reference.yaml} with its unit and default; {@link
 * ConfigLoader} reads it.
 *
 * @param node the node itself
 * @param rtmp RTMP
 * @param http HTTP media
 * @param api HTTP API, metrics and health
 * @param rtc WebRTC
 * @param hop links between nodes
 * @param tls TLS
 * @param auth who may publish and play
 * @param cluster the nodes of one region
 * @param media streams, and how players are kept
 * @param latency how long frames are gathered before they are written
 * @param vhosts virtual hosts by name
 * @param hls HLS
 * @param pull pulling streams
 * @param limits bounds on what clients may take
 * @param log logs
 */
public record NodeConfig(
    NodeSection node,
    RtmpSection rtmp,
    HttpSection http,
    ApiSection api,
    RtcSection rtc,
    HopSection hop,
    TlsSection tls,
    AuthSection auth,
    ClusterSection cluster,
    MediaSection media,
    LatencyProfile latency,
    Map<String, VhostSection> vhosts,
    HlsSection hls,
    PullSection pull,
    LimitsSection limits,
    LogSection log) {

  /** Keeps the map as it is now. */
  public NodeConfig {
    vhosts = Map.copyOf(vhosts);
  }

  /** What holds where the file says nothing. */
  public static NodeConfig defaults() {
    return new NodeConfig(
        NodeSection.defaults(),
        RtmpSection.defaults(),
        HttpSection.defaults(),
        ApiSection.defaults(),
        RtcSection.defaults(),
        HopSection.defaults(),
        TlsSection.defaults(),
        AuthSection.defaults(),
        ClusterSection.defaults(),
        MediaSection.defaults(),
        LatencyProfile.BALANCED,
        Map.of(),
        HlsSection.defaults(),
        PullSection.defaults(),
        LimitsSection.defaults(),
        LogSection.defaults());
  }

  /** The latency of a virtual host. */
  public LatencyProfile latencyOf(String vhost) {
    VhostSection own = vhosts.get(vhost);
    LatencyProfile mode = own == null ? null : own.latency();
    return mode == null ? latency : mode;
  }

  /** The name of the virtual host that a client named: itself where it is listed, else the default one. */
  public String vhostOf(String named) {
    return vhosts.containsKey(named) ? named : StreamKey.DEFAULT_VHOST;
  }

  /** The part that streams and their readers want. */
  public MediaSettings mediaSettings() {
    return new MediaSettings(
        media.gopBytes().intBytes(),
        media.gopFrames(),
        media.readerLag(),
        media.readerBytes().intBytes(),
        media.readerStuck(),
        media.playerWait(),
        media.playerKeep(),
        pull.linger(),
        media.publishIdle(),
        media.memoryBudget().bytes(),
        media.takeOver());
  }

  /** This configuration with those parts of another one that can be changed in a running node. */
  public NodeConfig withLiveParts(NodeConfig next) {
    return new NodeConfig(
        node, rtmp, http, api, rtc, hop, tls, next.auth, cluster, media, next.latency, next.vhosts, hls, pull, limits,
        next.log);
  }
}
