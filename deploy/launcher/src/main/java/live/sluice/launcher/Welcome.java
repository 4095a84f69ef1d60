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
   */
  static void print(PrintStream out, ClusterPlan plan, String stream, @Nullable String nginx) {
    String host = Addresses.reachable(plan.host());
    NodePlan first = plan.nodes().getFirst();
    out.println();
    out.println("Publish");
    TextTable publish = new TextTable("  to", "RTMP", "");
    for (NodePlan node : plan.nodes()) {
      String note = node.role() == Role.ORIGIN ? "" : "passed on to an origin";
      publish.row("  " + node.name(), rtmp(host, node) + "/" + stream, note);
    }
    publish.print(out);
    out.println();
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
    out.println();
    out.println("Pages with a player  http://" + host + ":" + first.ports().http() + "/ (every node has one)");
    out.println("Publish a file       ffmpeg -re -i clip.mp4 -c copy -f flv " + rtmp(host, first) + "/live/x");
    String port = first.ports().rtmp() == 1935 ? "" : ":" + first.ports().rtmp();
    out.println("Publish with OBS     server rtmp://" + host + port + "/live, stream key x");
    out.println();
  }

  private static String rtmp(String host, NodePlan node) {
    return "rtmp://" + host + ":" + node.ports().rtmp();
  }
}
