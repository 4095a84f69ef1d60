package live.sluice.line;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;

/** Speaks with a running line. Any thread; each call is a connection of its own. */
public final class LineClient {
  private final Path socket;

  /** Takes the Unix socket that the line was told to answer on. */
  public LineClient(Path socket) {
    this.socket = socket;
  }

  /**
   * Asks how it is.
   *
   * @throws IOException when no line answers
   */
  public LineStatus status() throws IOException {
    return LineStatus.parse(ask("status"));
  }

  /**
   * Changes settings of a way; those that are not named stay.
   *
   * @param from name of a region, or {@code *} for each
   * @param to name of a region, or {@code *} for each
   * @param assignments see {@link LinkSettings#with}
   * @throws IllegalArgumentException when the line does not understand; the message says what
   * @throws IOException when no line answers
   */
  public void set(String from, String to, List<String> assignments) throws IOException {
    ask("set " + from + " " + to + " " + String.join(" ", assignments));
  }

  private List<String> ask(String request) throws IOException {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      ByteBuffer bytes = ByteBuffer.wrap((request + "\n").getBytes(UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      List<String> lines = Channels.newReader(channel, UTF_8).readAllLines();
      String last = lines.isEmpty() ? "" : lines.getLast();
      if (last.startsWith("error ")) {
        throw new IllegalArgumentException(last.substring("error ".length()));
      }
      if (!last.equals("ok")) {
        throw new IOException("the line's answer broke off");
      }
      return lines.subList(0, lines.size() - 1);
    }
  }
}
