package live.sluice.cluster;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import live.sluice.media.StreamDirectory;
import live.sluice.media.StreamEntry;
import live.sluice.media.StreamKey;
import org.jspecify.annotations.Nullable;

/** Keeps what a directory tells. */
final class Recorder implements StreamDirectory.Listener {
  record Change(StreamKey key, @Nullable StreamEntry entry) {}

  record Loss(StreamEntry mine, StreamEntry winner) {}

  final List<Change> changes = new CopyOnWriteArrayList<>();
  final List<Loss> losses = new CopyOnWriteArrayList<>();

  final List<StreamKey> routes = new CopyOnWriteArrayList<>();

  static Recorder of(StreamDirectory directory) {
    Recorder recorder = new Recorder();
    directory.addListener(recorder);
    return recorder;
  }

  boolean saw(StreamKey key, @Nullable StreamEntry entry) {
    return changes.contains(new Change(key, entry));
  }

  @Override
  public void entryChanged(StreamKey key, @Nullable StreamEntry entry) {
    changes.add(new Change(key, entry));
  }

  @Override
  public void routesChanged(StreamKey key) {
    routes.add(key);
  }

  @Override
  public void ownershipLost(StreamEntry mine, StreamEntry winner) {
    losses.add(new Loss(mine, winner));
  }
}
