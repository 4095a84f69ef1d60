package live.sluice.launcher.lab;

import java.io.IOException;
import java.util.List;
import live.sluice.line.LineClient;
import live.sluice.line.LineStatus;

/** What makes the ways between the regions of a laboratory, while it is up. */
interface Between {
  /**
   * Asks how the ways are.
   *
   * @throws IOException when nothing makes them any more
   */
  LineStatus status() throws IOException;

  /**
   * Changes settings of ways; those that are not named stay.
   *
   * @param from a region, or {@code *} for each
   * @param to a region, or {@code *} for each
   * @param assignments such as {@code delay=40}
   * @throws IOException when nothing makes them any more
   */
  void set(String from, String to, List<String> assignments) throws IOException;

  /** Returns that of a laboratory. */
  static Between of(LabHome home, LabState state) {
    return state.netem() == null ? new OwnLine(new LineClient(home.socket())) : new Netem(home);
  }

  /** Our delay line. */
  record OwnLine(LineClient client) implements Between {
    @Override
    public LineStatus status() throws IOException {
      return client.status();
    }

    @Override
    public void set(String from, String to, List<String> assignments) throws IOException {
      client.set(from, to, assignments);
    }
  }
}
