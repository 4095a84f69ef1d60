package live.sluice.bridge;

import live.sluice.media.MediaKind;
import live.sluice.rtp.rtcp.Ntp;

/**
 * Lays the tracks of a stream of RTP packets on one clock. Each track counts from a number of its own, and only sender
 * reports tell how they belong together (RFC 3550, section 6.4.1); the first of these may be seconds late. Until then,
 * packets that came at one time are taken for made at one time, of each track those that were least delayed.
 *
 * <p>Sound is never moved, once it has begun, since every seam in it is heard: pictures move towards it by a tenth of
 * the time that passes, which nobody sees. Reports that contradict the arrivals by seconds are not believed.
 *
 * <p>Not thread-safe.
 */
final class LipSync {
  /**
   * What the first packet of all is stamped, so that no time is less than 0 where an encoder begins a little earlier.
   */
  static final long FIRST_MICROS = 200_000;

  private static final long SANE_MICROS = 2_000_000;
  private static final long JUMP_MICROS = 10_000_000;
  private static final long MICROS_PER_SECOND = 1_000_000;

  /** Pictures move by one part in that many. */
  private static final long SLEW = 10;

  /** The least delay is forgotten by one part in that many, since no two clocks agree for ever. */
  private static final long FORGET = 1_000;

  private final Line sound = new Line();
  private final Line pictures = new Line();
  private boolean begun;
  private long origin;

  /** One track: media time in us is its timestamp in us and {@code offset}. */
  private static final class Line {
    private int clockRate = 1;
    private boolean started;
    private long ticks;
    private long offset;
    private long leastDelay;
    private long lastArrival;
    private long lastMedia;
    private boolean reported;
    private long reportMicros;
    private long reportTicks;

    long unwrap(int timestamp) {
      return ticks + (timestamp - (int) ticks);
    }

    long micros(long tick) {
      return tick / clockRate * MICROS_PER_SECOND + tick % clockRate * MICROS_PER_SECOND / clockRate;
    }
  }

  private Line line(MediaKind kind) {
    return kind == MediaKind.AUDIO ? sound : pictures;
  }

  /**
   * A packet came.
   *
   * @param clockRate ticks of its track in a second
   */
  void arrived(MediaKind kind, int clockRate, int timestamp, long arrivalNanos) {
    Line line = line(kind);
    long now = arrivalNanos / 1_000;
    line.clockRate = clockRate;
    long ticks = line.started ? line.unwrap(timestamp) : Integer.toUnsignedLong(timestamp);
    long delay = now - line.micros(ticks);
    if (!line.started || Math.abs(delay - line.leastDelay) > JUMP_MICROS) {
      start(line, delay, now);
    } else {
      long forgotten = Math.max(0, now - line.lastArrival) / FORGET;
      line.leastDelay = Math.min(line.leastDelay + forgotten, delay);
    }
    line.lastArrival = now;
    line.ticks = ticks;
  }

  private void start(Line line, long delay, long now) {
    if (!begun) {
      begun = true;
      origin = now - FIRST_MICROS;
    }
    line.started = true;
    line.reported = false;
    line.leastDelay = delay;
    line.offset = line == pictures && sound.started ? sound.offset + delay - sound.leastDelay : delay - origin;
    line.lastMedia = Long.MIN_VALUE;
  }

  /** The publisher, or another layer of it, counts from another number from the next packet on. */
  void restart(MediaKind kind) {
    line(kind).started = false;
  }

  /** A sender report: that timestamp belongs to that moment of the publisher's wall clock, in NTP's form. */
  void reported(MediaKind kind, long ntp, int timestamp) {
    Line line = line(kind);
    if (line.started) {
      line.reported = true;
      line.reportMicros = Ntp.toWallNanos(ntp) / 1_000;
      line.reportTicks = line.unwrap(timestamp);
    }
  }

  /** A timestamp of a packet that came, with 32-bit wraps undone. */
  long unwrap(MediaKind kind, int timestamp) {
    return line(kind).unwrap(timestamp);
  }

  /** The time in ms of a sample or picture of that timestamp, wraps undone; times of a kind are asked in order. */
  long millis(MediaKind kind, long ticks) {
    Line line = line(kind);
    long at = line.micros(ticks);
    if (line == pictures && sound.started) {
      long wish = wish() - line.offset;
      long most = line.lastMedia == Long.MIN_VALUE ? 0 : Math.max(0, at - line.lastMedia) / SLEW;
      line.offset += Math.clamp(wish, -most, most);
    }
    line.lastMedia = at;
    return Math.floorDiv(at + line.offset + 500, 1_000L);
  }

  /** Where pictures should lie, sound being where it is. */
  private long wish() {
    long byArrival = sound.offset + pictures.leastDelay - sound.leastDelay;
    if (!sound.reported || !pictures.reported) {
      return byArrival;
    }
    long between = pictures.reportMicros - sound.reportMicros;
    long byReports =
        sound.offset + sound.micros(sound.reportTicks) + between - pictures.micros(pictures.reportTicks);
    return Math.abs(byReports - byArrival) < SANE_MICROS ? byReports : byArrival;
  }
}
