package live.sluice.rtp;

import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import live.sluice.media.ErrorCode;
import live.sluice.media.MediaKind;
import live.sluice.media.Publication;
import live.sluice.media.StreamEntry;
import live.sluice.rtp.rtcp.Ntp;
import org.jspecify.annotations.Nullable;

/**
 * A source's hold on a stream of packets, from its start to its end. On the stream's loop, which is {@link #stream}'s.
 */
public final class RtpFeed {
  private final RtpStream stream;
  private final List<RtpTrack> tracks;
  private final AtomicReferenceArray<@Nullable RtpClock> clocks;
  private final RtpSource source;
  private @Nullable StreamEntry entry;
  private Progress progress;
  private @Nullable Publication publication;
  private volatile long ahead;
  private boolean clockKnown;
  private boolean closed;

  RtpFeed(RtpStream stream, List<RtpTrack> tracks, RtpSource source, @Nullable Publication publication) {
    this.stream = stream;
    this.tracks = List.copyOf(tracks);
    this.clocks = new AtomicReferenceArray<>(tracks.size() * RtpStream.MAX_LAYERS);
    this.source = source;
    this.publication = publication;
    this.entry = publication == null || publication.isLocal() ? null : publication.entry();
    this.progress = new Progress(tracks.size());
  }

  /**
   * Goes on with what came by another way of the same publish, where this is one: numbers, timestamps and clocks are
   * those of its publisher on every way.
   *
   * @return whether it is
   */
  boolean resume(RtpFeed before, long nowNanos) {
    StreamEntry here = entry;
    StreamEntry there = before.entry;
    if (here == null || there == null || !before.progress.isFresh(nowNanos)) {
      return false;
    }
    boolean same = here.owner().id().equals(there.owner().id()) && here.epoch() == there.epoch();
    if (!same || !tracks.equals(before.tracks)) {
      return false;
    }
    progress = before.progress;
    progress.resume(nowNanos);
    clockKnown = before.clockKnown;
    ahead = before.ahead;
    for (int i = 0; i < clocks.length(); i++) {
      clocks.set(i, before.clocks.get(i));
    }
    return true;
  }

  /** What follows has nothing to do with what came, though the directory may say that it is the same publish. */
  public void forget() {
    entry = null;
  }

  Progress progress() {
    return progress;
  }

  /** Whether pictures that came by another way before are all that has come of them. */
  boolean catchesUp(long nowNanos) {
    for (int i = 0; i < tracks.size(); i++) {
      if (tracks.get(i).kind() == MediaKind.VIDEO) {
        return progress.catchesUp(i, 0, nowNanos);
      }
    }
    return false;
  }

  /** What it feeds. */
  public RtpStream stream() {
    return stream;
  }

  /** The tracks, by index. */
  public List<RtpTrack> tracks() {
    return tracks;
  }

  /** Hands over a packet, which is released in the end whatever happens; others see it after {@link #flush}. */
  public void packet(RtpPacket packet) {
    try {
      if (!closed) {
        stream.accept(this, packet);
      }
    } finally {
      packet.release();
    }
  }

  /** What was read at one moment is complete: readers get it now. */
  public void flush() {
    if (!closed) {
      stream.flush();
    }
  }

  /** The source began anew: numbers and timestamps of what follows have nothing to do with those before. */
  public void restarted() {
    if (!closed) {
      progress = new Progress(tracks.size());
      stream.feedRestarted(this);
    }
  }

  /** A sender report of a track's layer came. */
  public void clock(RtpTrack track, int layer, RtpClock clock) {
    if (!clockKnown) {
      clockKnown = true;
      ahead = Ntp.ofWallMillis(stream.wallMillis()) - clock.ntp();
    }
    clocks.set(track.index() * RtpStream.MAX_LAYERS + layer, clock);
    if (!closed) {
      stream.clockChanged(this, track, layer, clock);
    }
  }

  /** What the last sender report of a track's layer said; null before the first. From any thread. */
  @Nullable RtpClock clock(int track, int layer) {
    return clocks.get(track * RtpStream.MAX_LAYERS + layer);
  }

  /**
   * By how much this node's wall clock is ahead of the source's, in the units of NTP; 0 before the first sender report.
   * From any thread.
   */
  long ahead() {
    return ahead;
  }

  RtpSource source() {
    return source;
  }

  @Nullable Publication publication() {
    return publication;
  }

  /** The source has ended; readers stay and wait for another one. More calls do nothing. */
  public void close() {
    if (!closed) {
      closed = true;
      stream.feedEnded(this);
      Publication held = publication;
      publication = null;
      if (held != null) {
        held.close();
      }
    }
  }

  /** The stream has no use for it any more. */
  void end(ErrorCode code, String why) {
    if (!closed) {
      closed = true;
      stream.feedEnded(this);
      publication = null;
      source.onEnd(code, why);
    }
  }
}
