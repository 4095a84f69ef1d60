package live.sluice.launcher;

import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/** The table of what can be published where, and played from where. */
final class Welcome {
  private Welcome() {}

  /**
   * Prints it.
   *
   * @param stream app/name of a stream that is live already, or a stand-in for one
   * @param nginx where NGINX answers, or null
   * @param webrtc whether the nodes speak WebRTC
   */
  static void print(PrintStream out, ClusterPlan plan, String stream, @Nullable String nginx, boolean webrtc) {
    String host = Addresses.reachable(plan.host());
    out.println();
    printPublish(out, plan, host, stream);
    out.println();
    printPlay(out, plan, host, stream, nginx);
    out.println();
    if (webrtc) {
      printWebRtc(out, plan, host, stream);
      out.println();
    }
    printHints(out, plan.nodes().getFirst(), host, stream, webrtc);
    out.println();
  }

  private static void printPublish(PrintStream out, ClusterPlan plan, String host, String stream) {
    out.println("Publish");
    TextTable publish = new TextTable("  to", "RTMP", "");
    for (NodePlan node : plan.nodes()) {
      String note = node.role() == Role.ORIGIN ? "" : "passed on to an origin";
      publish.row("  " + node.name(), rtmp(host, node) + "/" + stream, note);
    }
    publish.print(out);
  }

  private static void printPlay(
      PrintStream out, ClusterPlan plan, String host, String stream, @Nullable String nginx) {
    out.println("Play");
    TextTable play = new TextTable("  from", "RTMP", "HTTP-FLV (WS-FLV by ws://)", "HLS");
    for (NodePlan node : plan.nodes()) {
      String http = "http://" + host + ":" + node.ports().http();
      play.row(
          "  " + node.name(),
          rtmp(host, node) + "/" + stream,
          http + "/" + stream + ".flv",
          http + "/" + stream + ".m3u8");
    }
    if (nginx != null) {
      play.row("  nginx", "-", nginx + "/" + stream + ".flv", nginx + "/" + stream + ".m3u8");
    }
    play.print(out);
  }

  private static void printWebRtc(PrintStream out, ClusterPlan plan, String host, String stream) {
    out.println("WebRTC");
    TextTable table = new TextTable("  node", "publish (WHIP)", "play (WHEP)", "media");
    for (NodePlan node : plan.nodes()) {
      String url = "http://" + host + ":" + node.ports().api() + "/" + stream;
      table.row("  " + node.name(), url + "/whip", url + "/whep", "udp and tcp " + node.ports().webrtc());
    }
    table.print(out);
  }

  private static void printHints(PrintStream out, NodePlan first, String host, String stream, boolean webrtc) {
    String http = "http://" + host + ":" + first.ports().http();
    TextTable hints = new TextTable("Pages with a player", http + "/ (every node has one)");
    if (webrtc) {
      hints.row("Play by WebRTC", http + "/whep.html?stream=" + stream + "&autostart=1");
      hints.row("Publish by WebRTC", http + "/whip.html");
    }
    hints.row("The cluster, drawn live", http + "/topology.html");
    hints.row("Publish a file", "ffmpeg -re -i clip.mp4 -c copy -f flv " + rtmp(host, first) + "/live/x");
    String port = first.ports().rtmp() == 1935 ? "" : ":" + first.ports().rtmp();
    hints.row("Publish with OBS", "server rtmp://" + host + port + "/live, stream key x");
    if (webrtc) {
      hints.row("... by WebRTC", "service WHIP, server http://" + host + ":" + first.ports().api() + "/live/x/whip");
    }
    hints.print(out);
  }

  private static String rtmp(String host, NodePlan node) {
    return "rtmp://" + host + ":" + node.ports().rtmp();
  }
}
