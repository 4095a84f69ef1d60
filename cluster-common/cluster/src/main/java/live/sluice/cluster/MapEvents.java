package live.sluice.cluster;

import com.hazelcast.core.EntryEvent;
import com.hazelcast.map.listener.EntryAddedListener;
import com.hazelcast.map.listener.EntryExpiredListener;
import com.hazelcast.map.listener.EntryMergedListener;
import com.hazelcast.map.listener.EntryRemovedListener;
import com.hazelcast.map.listener.EntryUpdatedListener;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every kind of change of a map, as its key with the new value, or with null. */
record MapEvents<V>(BiConsumer<String, @Nullable V> changed)
    implements EntryAddedListener<String, V>,
        EntryUpdatedListener<String, V>,
        EntryMergedListener<String, V>,
        EntryRemovedListener<String, V>,
        EntryExpiredListener<String, V> {

  private static final Logger log = LoggerFactory.getLogger(MapEvents.class);

  @Override
  public void entryAdded(EntryEvent<String, V> event) {
    tell(event, false);
  }

  @Override
  public void entryUpdated(EntryEvent<String, V> event) {
    tell(event, false);
  }

  @Override
  public void entryMerged(EntryEvent<String, V> event) {
    tell(event, false);
  }

  @Override
  public void entryRemoved(EntryEvent<String, V> event) {
    tell(event, true);
  }

  @Override
  public void entryExpired(EntryEvent<String, V> event) {
    tell(event, true);
  }

  private void tell(EntryEvent<String, V> event, boolean gone) {
    try {
      changed.accept(event.getKey(), gone ? null : event.getValue());
    } catch (RuntimeException e) {
      log.warn("a change of '{}' in the directory can't be read: {}", event.getKey(), e.toString());
    }
  }
}
