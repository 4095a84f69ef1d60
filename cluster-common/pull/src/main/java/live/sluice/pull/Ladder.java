package live.sluice.pull;

import java.util.List;
import java.util.function.Function;
import live.sluice.media.ErrorCode;
import live.sluice.media.Frame;
import live.sluice.pull.packets.PacketRequests;
import live.sluice.rtp.RtpFeed;
import live.sluice.rtp.RtpTrack;
import org.jspecify.annotations.Nullable;

/**
 * A connection by a link, and one over TCP in its place where the stream comes as frames from the same region, or where no
 * link can be made: UDP may be blocked on the way. On the stream's loop.
 */
final class Ladder implements SourceConnection {
  private final Events events;
  private final Function<Events, SourceConnection> overTcp;
  private final Runnable onUnlinked;
  private @Nullable SourceConnection current;
  private boolean standsIn;
  private boolean closed;

  /**
   * Begins with the link, where it is worth a try.
   *
   * @param byLink connects by the link
   * @param overTcp connects over TCP
   * @param canLink whether to begin with the link
   * @param onUnlinked told that no link could be made
   */
  Ladder(
      Events events,
      Function<Events, SourceConnection> byLink,
      Function<Events, SourceConnection> overTcp,
      boolean canLink,
      Runnable onUnlinked) {
    this.events = events;
    this.overTcp = overTcp;
    this.onUnlinked = onUnlinked;
    this.standsIn = !canLink;
    if (canLink) {
      take(byLink, new ByLink());
    } else {
      take(overTcp, events);
    }
  }

  private void take(Function<Events, SourceConnection> connector, Events told) {
    SourceConnection made = connector.apply(told);
    // It may have failed at once, and have been replaced: then what there is came later.
    if (closed) {
      made.close();
    } else if (current == null) {
      current = made;
    }
  }

  private void goOnOverTcp() {
    SourceConnection before = current;
    current = null;
    if (before != null) {
      before.close();
    }
    take(overTcp, events);
  }

  /** What the link tells, until it is seen that it won't do. */
  private final class ByLink implements Events {
    private boolean begun;

    @Override
    public void started() {
      begun = true;
      events.started();
    }

    @Override
    public void frame(Frame frame) {
      events.frame(frame);
    }

    @Override
    public RtpFeed startedPackets(List<RtpTrack> tracks, boolean heedsRequests, PacketRequests requests) {
      begun = true;
      return events.startedPackets(tracks, heedsRequests, requests);
    }

    @Override
    public void ended(ErrorCode code, String why) {
      if (closed) {
        return;
      }
      if (!begun && code == ErrorCode.NOT_SUPPORTED) {
        goOnOverTcp();
      } else if (!begun && (code == ErrorCode.CONNECTION_LOST || code == ErrorCode.UNAUTHORIZED)) {
        standsIn = true;
        onUnlinked.run();
        goOnOverTcp();
      } else {
        events.ended(code, why);
      }
    }
  }

  @Override
  public boolean standsIn() {
    return standsIn;
  }

  @Override
  public void close() {
    closed = true;
    SourceConnection open = current;
    current = null;
    if (open != null) {
      open.close();
    }
  }
}
