package live.sluice.launcher;

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
 */
record NodeStatus(
    NodePlan plan,
    String host,
    String region,
    String state,
    boolean ready,
    boolean directory,
    int streams,
    int players,
    long receivedKbps,
    long sentKbps) {
  /** A node of which only the state is known. */
  static NodeStatus of(NodePlan plan, String host, String state) {
    return new NodeStatus(plan, host, "default", state, false, false, 0, 0, 0, 0);
  }

  String rtmp() {
    return "rtmp://" + host + ":" + plan.ports().rtmp();
  }

  String http() {
    return "http://" + host + ":" + plan.ports().http();
  }

  String api() {
    return "http://" + host + ":" + plan.ports().api();
  }

  /** Where media of WebRTC goes; WHIP and WHEP are asked for at {@link #api}. */
  String rtc() {
    return "udp://" + host + ":" + plan.ports().webrtc();
  }
}
