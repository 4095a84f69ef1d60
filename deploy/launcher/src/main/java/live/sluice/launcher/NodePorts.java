package live.sluice.launcher;

import java.util.List;

/**
 * The ports of one node, all of them on one address.
 *
 * @param rtmp RTMP, TCP
 * @param http HTTP media and the page, TCP
 * @param api HTTP API, TCP
 * @param webrtc WebRTC media, UDP and TCP
 * @param hop the QUIC link between nodes, UDP
 * @param member the directory among origins, TCP; edges do not use it
 * @param client the directory for edges, TCP; edges do not use it
 * @param rtmpTls RTMPS, where a certificate is configured
 * @param httpTls HTTPS media, where a certificate is configured
 * @param apiTls HTTPS API, where a certificate is configured
 */
public record NodePorts(
    int rtmp,
    int http,
    int api,
    int webrtc,
    int hop,
    int member,
    int client,
    int rtmpTls,
    int httpTls,
    int apiTls) {
  /** Returns the TCP ports that a node of this role listens on today. */
  public List<Integer> listening(Role role) {
    return role == Role.ORIGIN
        ? List.of(rtmp, http, api, webrtc, member, client)
        : List.of(rtmp, http, api, webrtc);
  }

  /** Returns the UDP ports that a node listens on today. */
  public List<Integer> listeningByUdp() {
    return List.of(webrtc, hop);
  }
}
