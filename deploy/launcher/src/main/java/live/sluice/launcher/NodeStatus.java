package live.sluice.launcher;

import org.jspecify.annotations.Nullable;

/**
 * How one node is.
 *
 * @param plan who it is
 * @param host the address it was asked at
 * @param region its region
 * @param state its lifecycle's word: starting, running, draining, stopping, or stopped
 * @param ready true when it takes publishers and players
 * @param directory true when it knows what streams the others have
 * @param streams how many streams it has
 * @param players how many clients play from it
 * @param receivedKbps what it receives, kbit/s over the last 30 s
 * @param sentKbps what it sends, kbit/s over the last 30 s
 * @param webrtc false where it said that it speaks no WebRTC
 */
public record NodeStatus(
    NodePlan plan,
    String host,
    String region,
    String state,
    boolean ready,
    boolean directory,
    int streams,
    int players,
    long receivedKbps,
    long sentKbps,
    boolean webrtc) {
  /** A node of which only the state is known. */
  public static NodeStatus of(NodePlan plan, String host, String state) {
    return new NodeStatus(plan, host, "default", state, false, false, 0, 0, 0, 0, true);
  }

  /** Where RTMP is spoken. */
  public String rtmp() {
    return "rtmp://" + host + ":" + plan.ports().rtmp();
  }

  /** Where media is had by HTTP. */
  public String http() {
    return "http://" + host + ":" + plan.ports().http();
  }

  /** Where the API answers. */
  public String api() {
    return "http://" + host + ":" + plan.ports().api();
  }

  /** Where WHIP asks to publish; null without WebRTC. */
  public @Nullable String whip() {
    return webrtc ? api() + "/{app}/{stream}/whip" : null;
  }

  /** Where WHEP asks to play; null without WebRTC. */
  public @Nullable String whep() {
    return webrtc ? api() + "/{app}/{stream}/whep" : null;
  }

  /** Where media of WebRTC goes; null without it. */
  public @Nullable String rtc() {
    return webrtc ? "udp://" + host + ":" + plan.ports().webrtc() : null;
  }
}
