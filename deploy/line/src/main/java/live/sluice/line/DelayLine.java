package live.sluice.line;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The process: {@code DelayLine SOCKET SEED NETWORK SETTINGS REGION:DEVICE:OCTET ...}. NETWORK is the first two numbers
 * of all addresses, such as {@code 10.77}, OCTET the third one of a region's, SETTINGS what {@link LinkSettings#text}
 * gives. Runs until it is killed; exit status 1 when a device can't be opened.
 */
public final class DelayLine {
  private DelayLine() {}

  /** Runs the line. */
  public static void main(String[] arguments) {
    try {
      run(arguments);
    } catch (IOException e) {
      System.err.println("delay line: " + e.getMessage());
      System.exit(1);
    }
  }

  private static void run(String[] arguments) throws IOException {
    Path control = Path.of(arguments[0]);
    long seed = Long.parseLong(arguments[1]);
    String[] network = arguments[2].split("\\.", -1);
    LinkSettings settings = LinkSettings.NONE;
    for (String assignment : arguments[3].split(" ", -1)) {
      settings = settings.with(assignment);
    }
    List<String> names = new ArrayList<>();
    List<PacketSocket> sockets = new ArrayList<>();
    List<Integer> octets = new ArrayList<>();
    for (String argument : List.of(arguments).subList(4, arguments.length)) {
      String[] region = argument.split(":", -1);
      names.add(region[0]);
      sockets.add(new PacketSocket(region[1]));
      octets.add(Integer.parseInt(region[2]));
    }
    Links links = new Links(names, settings, seed);
    byte[] prefix = {(byte) Integer.parseInt(network[0]), (byte) Integer.parseInt(network[1])};
    Forwarder forwarder = new Forwarder(sockets, octets, prefix, links);
    serve(control, links, names, sockets, forwarder);
    boolean punctual = Linux.wakePunctually();
    System.out.println("joins " + String.join(", ", names) + (punctual ? "" : "; without real-time priority, which was refused"));
    forwarder.run();
  }

  private static void serve(
      Path control, Links links, List<String> names, List<PacketSocket> sockets, Forwarder forwarder) throws IOException {
    Files.deleteIfExists(control);
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(control));
    Control.RegionCounters counters =
        new Control.RegionCounters() {
          @Override
          public long overruns(int region) {
            return sockets.get(region).overruns();
          }

          @Override
          public long oversized(int region) {
            return forwarder.oversized(region);
          }
        };
    Thread.ofPlatform().daemon().name("control").start(new Control(server, links, names, counters));
  }
}
