package live.sluice.line;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;

/**
 * Answers on a Unix socket, one request of one line a connection. {@code status} is answered by a line for each way and
 * each region, {@code set FROM TO name=value ...} changes settings. The last line of an answer is {@code ok}, or {@code
 * error} and why. Runs on one thread; who may connect is the file system's business.
 */
final class Control implements Runnable {
  /** A request takes settings of one way: more is none of ours. */
  private static final int LONGEST_REQUEST = 4096;

  private final ServerSocketChannel server;
  private final Links links;
  private final List<String> regions;
  private final RegionCounters counters;

  /** What is counted for each region. */
  interface RegionCounters {
    long overruns(int region);

    long oversized(int region);
  }

  Control(ServerSocketChannel server, Links links, List<String> regions, RegionCounters counters) {
    this.server = server;
    this.links = links;
    this.regions = List.copyOf(regions);
    this.counters = counters;
  }

  @Override
  public void run() {
    while (server.isOpen()) {
      try (SocketChannel client = server.accept()) {
        serve(client);
      } catch (IOException gone) {
        // Who went away in the middle gets no answer, and nobody else is concerned.
      }
    }
  }

  private void serve(SocketChannel client) throws IOException {
    BufferedReader reader = new BufferedReader(Channels.newReader(client, UTF_8));
    StringBuilder request = new StringBuilder();
    for (int c = reader.read(); c >= 0 && c != '\n'; c = reader.read()) {
      if (request.length() == LONGEST_REQUEST) {
        return;
      }
      request.append((char) c);
    }
    try (var out = Channels.newWriter(client, UTF_8)) {
      out.write(answer(request.toString()));
    }
  }

  /** Returns the answer to a request. */
  String answer(String request) {
    List<String> words = List.of(request.trim().split(" +", -1));
    try {
      if (words.equals(List.of("status"))) {
        return status() + "ok\n";
      }
      if (words.getFirst().equals("set") && words.size() > 3) {
        links.set(words.get(1), words.get(2), words.subList(3, words.size()));
        return "ok\n";
      }
      return "error unknown request\n";
    } catch (IllegalArgumentException e) {
      return "error " + e.getMessage() + "\n";
    }
  }

  private String status() {
    StringBuilder text = new StringBuilder();
    for (LinkReport report : links.reports()) {
      text.append(LineStatus.line(report)).append('\n');
    }
    for (int i = 0; i < regions.size(); i++) {
      text.append(LineStatus.line(new RegionReport(regions.get(i), counters.overruns(i), counters.oversized(i)))).append('\n');
    }
    return text.toString();
  }
}
