package live.sluice.systemtest.kit;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/**
 * A program that sends and receives datagrams, to be run in another network namespace than the test's. It tells what it
 * saw on standard output.
 */
// "restricted": Java itself has no UDP_SEGMENT.
@SuppressWarnings("restricted")
public final class UdpProbe {

  private static final int QUIET_MS = 700;

  private UdpProbe() {}

  /** The command line that runs it. */
  public static List<String> command(String... arguments) {
    List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx64m", "--enable-native-access=ALL-UNNAMED",
        "-cp", Path.of("target", "test-classes").toAbsolutePath().toString(), UdpProbe.class.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  /**
   * {@code echo ADDRESS PORT}, {@code count ADDRESS PORT}, {@code ping}, {@code send}, {@code segments} or {@code garbage
   * ADDRESS PORT COUNT}.
   */
  public static void main(String[] arguments) throws Throwable {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getByName(arguments[1]), Integer.parseInt(arguments[2]));
    switch (arguments[0]) {
      case "echo" -> echo(address);
      case "count" -> count(address);
      case "ping" -> ping(address, Integer.parseInt(arguments[3]));
      case "send" -> send(address, Integer.parseInt(arguments[3]));
      case "garbage" -> garbage(address, Integer.parseInt(arguments[3]));
      case "segments" -> segments(address, Integer.parseInt(arguments[3]));
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  /** Sends packets that mean nothing, a thousand a second, half of which begin as those of QUIC that open a connection. */
  private static void garbage(InetSocketAddress address, int count) throws IOException {
    try (DatagramChannel channel = DatagramChannel.open()) {
      Random random = new Random(1);
      long start = System.nanoTime();
      for (int i = 0; i < count; i++) {
        byte[] bytes = new byte[1 + random.nextInt(1400)];
        random.nextBytes(bytes);
        if (i % 2 == 0) {
          bytes[0] |= (byte) 0xc0;
          // Version 1.
          for (int at = 1; at < 5 && at < bytes.length; at++) {
            bytes[at] = (byte) (at == 4 ? 1 : 0);
          }
        }
        channel.send(ByteBuffer.wrap(bytes), address);
        while (System.nanoTime() - start < i * 1_000_000L) {
          LockSupport.parkNanos(200_000);
        }
      }
      System.out.println("sent " + count + " in " + (System.nanoTime() - start) / 1_000_000 + " ms");
    }
  }

  /** Sends back what comes, until it is killed. */
  private static void echo(InetSocketAddress address) throws IOException {
    try (DatagramChannel channel = DatagramChannel.open().bind(address)) {
      System.out.println("listens");
      ByteBuffer buffer = ByteBuffer.allocate(2048);
      while (true) {
        buffer.clear();
        var from = channel.receive(buffer);
        channel.send(buffer.flip(), from);
      }
    }
  }

  /** Tells the sizes of what came, and how often each; ends when nothing more comes. */
  private static void count(InetSocketAddress address) throws IOException {
    try (DatagramChannel channel = DatagramChannel.open().setOption(StandardSocketOptions.SO_RCVBUF, 4 << 20).bind(address)) {
      System.out.println("listens");
      TreeMap<Integer, Integer> sizes = new TreeMap<>();
      byte[] bytes = new byte[65536];
      DatagramPacket packet = new DatagramPacket(bytes, bytes.length);
      channel.socket().setSoTimeout(20_000);
      try {
        while (true) {
          packet.setLength(bytes.length);
          channel.socket().receive(packet);
          sizes.merge(packet.getLength(), 1, Integer::sum);
          channel.socket().setSoTimeout(QUIET_MS);
        }
      } catch (SocketTimeoutException quiet) {
        System.out.println("came " + sizes);
      }
    }
  }

  /** Tells the least time of a round trip in ms, and how many came back. */
  private static void ping(InetSocketAddress address, int count) throws IOException {
    try (DatagramChannel channel = DatagramChannel.open()) {
      List<Double> times = new ArrayList<>();
      int lostOnes = 0;
      byte[] bytes = new byte[100];
      DatagramPacket packet = new DatagramPacket(bytes, bytes.length);
      channel.socket().setSoTimeout(QUIET_MS);
      for (int i = 0; i < count; i++) {
        long start = System.nanoTime();
        channel.send(ByteBuffer.allocate(100), address);
        try {
          channel.socket().receive(packet);
          times.add((System.nanoTime() - start) / 1e6);
        } catch (SocketTimeoutException lost) {
          lostOnes++;
        }
      }
      Collections.sort(times);
      System.out.println("back " + times.size() + " lost " + lostOnes + " least " + (times.isEmpty() ? -1 : times.getFirst()));
    }
  }

  private static void send(InetSocketAddress address, int count) throws IOException {
    try (DatagramChannel channel = DatagramChannel.open()) {
      for (int i = 0; i < count; i++) {
        channel.send(ByteBuffer.allocate(1200), address);
        LockSupport.parkNanos(300_000);
      }
      System.out.println("sent " + count);
    }
  }

  /** Sends {@code count} packets of 1200 bytes by as few calls as there can be: UDP_SEGMENT. */
  private static void segments(InetSocketAddress address, int count) throws Throwable {
    Linker linker = Linker.nativeLinker();
    ValueLayout.OfInt i32 = ValueLayout.JAVA_INT;
    MethodHandle socket = linker.downcallHandle(linker.defaultLookup().findOrThrow("socket"),
        FunctionDescriptor.of(i32, i32, i32, i32));
    MethodHandle setOption = linker.downcallHandle(linker.defaultLookup().findOrThrow("setsockopt"),
        FunctionDescriptor.of(i32, i32, i32, i32, ValueLayout.ADDRESS, i32));
    MethodHandle sendTo = linker.downcallHandle(linker.defaultLookup().findOrThrow("sendto"), FunctionDescriptor.of(
        ValueLayout.JAVA_LONG, i32, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, i32, ValueLayout.ADDRESS, i32));
    try (Arena arena = Arena.ofConfined()) {
      int descriptor = (int) socket.invokeExact(2, 2, 0);
      int set = (int) setOption.invokeExact(descriptor, 17, 103, arena.allocateFrom(i32, 1200), 4);
      MemorySegment to = arena.allocate(16, 4);
      to.set(ValueLayout.JAVA_SHORT, 0, (short) 2);
      to.set(ValueLayout.JAVA_SHORT, 2, Short.reverseBytes((short) address.getPort()));
      to.asSlice(4, 4).copyFrom(MemorySegment.ofArray(address.getAddress().getAddress()));
      for (int left = count; left > 0; left -= 40) {
        long bytes = 1200L * Math.min(40, left);
        long sent = (long) sendTo.invokeExact(descriptor, arena.allocate(bytes), bytes, 0, to, 16);
        if (set != 0 || sent != bytes) {
          throw new IOException("sendto with UDP_SEGMENT gave " + sent);
        }
        // Slow enough for whoever receives: what its socket drops is not what is counted.
        LockSupport.parkNanos(5_000_000);
      }
      System.out.println("sent " + count);
    }
  }
}
