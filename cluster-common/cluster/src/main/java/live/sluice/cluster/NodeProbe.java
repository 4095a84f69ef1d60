package live.sluice.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import live.sluice.media.NodeInfo;

/**
 * Asks a node itself whether it lives, when the directory has lost sight of it. A process that was killed refuses the
 * connection at once; one that is only cut off from the directory still serves its streams, and must not be taken from
 * its players.
 */
@FunctionalInterface
interface NodeProbe {

  /** Whether the node answers; called on a thread of its own, and may block for about two seconds. */
  boolean reachable(NodeInfo node);

  /** Any answer in HTTP at the node's media port, within a second. */
  static boolean overHttp(NodeInfo node) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(node.host(), node.httpPort()), 1_000);
      socket.setSoTimeout(1_000);
      String request = "HEAD /favicon.ico HTTP/1.1\r\nHost: " + node.httpAuthority() + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      byte[] start = in.readNBytes(5);
      return new String(start, StandardCharsets.US_ASCII).equals("HTTP/");
    } catch (IOException | IllegalArgumentException e) {
      return false;
    }
  }
}
