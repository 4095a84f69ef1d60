package live.sluice.kwik;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketException;

/** Sockets for kwik: with segmentation where the system has it, else the JDK's. */
public final class QuicSockets {
  private QuicSockets() {}

  /**
   * Opens a socket that does not throw while it is open.
   *
   * @throws SocketException where it can't be opened or bound
   */
  public static DatagramSocket open(InetSocketAddress address) throws SocketException {
    return isSupported() ? GsoSocket.open(address) : plain(address);
  }

  /** A socket that sends and receives one packet a call. */
  public static DatagramSocket plain(InetSocketAddress address) throws SocketException {
    return new PlainSocket(address);
  }

  /** A socket on any port, to reach {@code destination} from. */
  public static DatagramSocket toward(InetAddress destination) throws SocketException {
    boolean six = destination.getAddress().length > 4;
    return open(new InetSocketAddress(six ? "::" : "0.0.0.0", 0));
  }

  /** Whether {@link GsoSocket} works here; a switch for those who doubt it. */
  static boolean isSupported() {
    return "Linux".equals(System.getProperty("os.name"))
        && "amd64".equals(System.getProperty("os.arch"))
        && !Boolean.getBoolean("sluice.hop.plain-sockets");
  }

  /** The JDK's, but for what it throws while it is open. */
  private static final class PlainSocket extends DatagramSocket {
    private final InitialGate gate = new InitialGate();

    PlainSocket(InetSocketAddress address) throws SocketException {
      super(address);
    }

    @Override
    public void send(DatagramPacket packet) throws IOException {
      try {
        super.send(packet);
      } catch (IOException e) {
        if (isClosed()) {
          throw e;
        }
        // It is lost, as packets are.
      }
    }

    @Override
    public void receive(DatagramPacket packet) throws IOException {
      while (true) {
        try {
          packet.setLength(packet.getData().length - packet.getOffset());
          super.receive(packet);
          if (gate.takes(packet)) {
            return;
          }
        } catch (PortUnreachableException e) {
          // Tells of a packet that was sent earlier.
        }
      }
    }
  }
}
