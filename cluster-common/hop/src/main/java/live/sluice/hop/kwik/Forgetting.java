package live.sluice.hop.kwik;

import java.util.Set;
import live.sluice.hop.transport.ConnectionEvents;
import live.sluice.hop.transport.HopConnection;
import live.sluice.hop.transport.InStream;

/** Passes on what a connection brings, and takes it off a list when it ends. */
record Forgetting(ConnectionEvents told, HopConnection connection, Set<HopConnection> connections)
    implements ConnectionEvents {
  @Override
  public void datagram(byte[] data) {
    told.datagram(data);
  }

  @Override
  public void control(byte[] message) {
    told.control(message);
  }

  @Override
  public InStream stream() {
    return told.stream();
  }

  @Override
  public void closed(String why) {
    connections.remove(connection);
    told.closed(why);
  }
}
