package live.sluice.rtmp;

import java.util.Collection;
import java.util.TreeMap;
import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;
import org.jspecify.annotations.Nullable;

/** The message streams of a connection, each with one publish or one play at most. On the channel's loop. */
final class MessageStreams {

  /** One of them. */
  static final class MessageStream {
    private final int id;
    private @Nullable Publishing publishing;
    private @Nullable Playing playing;

    private MessageStream(int id) {
      this.id = id;
    }

    int id() {
      return id;
    }

    @Nullable Publishing publishing() {
      return publishing;
    }

    @Nullable Playing playing() {
      return playing;
    }

    boolean isIdle() {
      return publishing == null && playing == null;
    }

    void publish(Publishing begun) {
      publishing = begun;
    }

    void play(Playing begun) {
      playing = begun;
    }

    /** Ends what it does; whether it did anything. */
    boolean stop() {
      boolean did = !isIdle();
      Publishing publisher = publishing;
      Playing player = playing;
      publishing = null;
      playing = null;
      if (publisher != null) {
        publisher.close();
      }
      if (player != null) {
        player.close();
      }
      return did;
    }
  }

  private final int max;
  private final TreeMap<Integer, MessageStream> byId = new TreeMap<>();

  MessageStreams(int max) {
    this.max = max;
  }

  /** Opens the stream with the lowest free id: 1 is the one that players share their bytes on. */
  MessageStream create() {
    if (byId.size() >= max) {
      throw new SluiceException(ErrorCode.TOO_LARGE, "more than " + max + " message streams are open");
    }
    int id = 1;
    while (byId.containsKey(id)) {
      id++;
    }
    MessageStream stream = new MessageStream(id);
    byId.put(id, stream);
    return stream;
  }

  @Nullable MessageStream find(int id) {
    return byId.get(id);
  }

  void remove(int id) {
    byId.remove(id);
  }

  Collection<MessageStream> all() {
    return byId.values();
  }

  /** The publish on that stream; encoders that get the id wrong publish once, and it is that one. */
  @Nullable Publishing publisherOn(int id) {
    MessageStream stream = byId.get(id);
    if (stream != null && stream.publishing != null) {
      return stream.publishing;
    }
    Publishing only = null;
    for (MessageStream each : byId.values()) {
      if (each.publishing != null) {
        if (only != null) {
          return null;
        }
        only = each.publishing;
      }
    }
    return only;
  }

  /** Whether a publish waits for its gate. */
  boolean anyPending() {
    for (MessageStream each : byId.values()) {
      Publishing publisher = each.publishing;
      if (publisher != null && publisher.isPending()) {
        return true;
      }
    }
    return false;
  }

  /** Whether all of them do nothing. */
  boolean allIdle() {
    for (MessageStream each : byId.values()) {
      if (!each.isIdle()) {
        return false;
      }
    }
    return true;
  }

  /** Whether nothing but paused plays is under way. */
  boolean onlyPaused() {
    for (MessageStream each : byId.values()) {
      Playing player = each.playing;
      if (each.publishing != null || (player != null && !player.isPaused())) {
        return false;
      }
    }
    return true;
  }
}
