package live.sluice.bench.rtc;

import io.netty.buffer.ByteBuf;
import java.util.concurrent.TimeUnit;
import live.sluice.bench.measure.Delivery;
import live.sluice.bench.measure.PacketCounts;
import live.sluice.bench.measure.PlayerMeter;
import live.sluice.media.Codec;
import live.sluice.media.MediaKind;
import live.sluice.rtc.sdp.Answer;
import live.sluice.rtp.payload.Keyframes;
import live.sluice.rtp.receive.NackTracker;
import live.sluice.rtp.receive.ReceiverStatistics;
import live.sluice.rtp.rtcp.ReportBlock;
import live.sluice.rtp.wire.HeaderExtension;
import live.sluice.rtp.wire.RtpHeader;
import live.sluice.rtp.wire.TimestampUnwrapper;
import org.jspecify.annotations.Nullable;

/** What a player receives of one track. On its loop alone. */
final class ReceivedTrack implements Pictures.Listener {
  /** A jump of more is a source that began anew, and no loss. */
  private static final int MOST_LOST = 3_000;

  private final Answer.Track track;
  private final PlayerMeter meter;
  private final PacketCounts counts;
  private final ClockFinder clocks;
  private final long zeroNanos;
  private final int clockRate;
  private final int transportCcId;
  private final @Nullable Pictures pictures;
  private final @Nullable DeliveredTrack delivered;

  private @Nullable ReceiverStatistics statistics;
  private NackTracker nack = new NackTracker();
  private TimestampUnwrapper times = new TimestampUnwrapper();
  private int ssrc;
  private int highest;
  private long firstTicks;
  private long firstMs;
  private boolean opened = true;

  /**
   * A track of which nothing came yet.
   *
   * @param zeroNanos when the player's media time is 0, by the monotonic clock
   */
  ReceivedTrack(Answer.Track track, PlayerMeter meter, PacketCounts counts, ClockFinder clocks, long zeroNanos) {
    this.track = track;
    this.meter = meter;
    this.counts = counts;
    this.clocks = clocks;
    this.zeroNanos = zeroNanos;
    this.clockRate =
        switch (track.codec()) {
          case OPUS -> 48_000;
          case G711A, G711U -> 8_000;
          default -> 90_000;
        };
    this.transportCcId = track.extensions().id(HeaderExtension.TRANSPORT_CC);
    this.pictures = isVideo() ? new Pictures(this) : null;
    Delivery delivery = counts.delivery();
    this.delivered = delivery == null ? null : new DeliveredTrack(delivery, isVideo(), clockRate);
  }

  boolean isVideo() {
    return track.codec().kind() == MediaKind.VIDEO;
  }

  Answer.Track agreed() {
    return track;
  }

  /** The number of the extension with the transport's sequence numbers; 0 without. */
  int transportCcId() {
    return transportCcId;
  }

  /** The source; 0 before its first packet. */
  int ssrc() {
    return ssrc;
  }

  /**
   * A packet came.
   *
   * @param payloadOffset bytes before its payload
   * @param plain whether its payload can be read
   * @param again whether it came by RTX
   */
  void onPacket(ByteBuf packet, int payloadOffset, boolean plain, boolean again, long nowNanos) {
    int source = RtpHeader.ssrc(packet);
    int sequence = RtpHeader.sequence(packet);
    int timestamp = RtpHeader.timestamp(packet);
    ReceiverStatistics known = statistics;
    if (known == null || source != ssrc) {
      known = begin(source, sequence, timestamp, nowNanos);
    }
    if (!again) {
      known.onPacket(sequence, timestamp, nowNanos);
    }
    opened = plain;
    switch (arrival(sequence, nowNanos)) {
      case NEWEST -> newest(sequence);
      case LATE -> counts.received();
      case DUPLICATE, TOO_OLD -> {
        counts.duplicate();
        return;
      }
    }
    Codec codec = track.codec();
    long clock = plain ? clocks.find(codec, packet, payloadOffset) : Pictures.NO_CLOCK;
    if (delivered != null) {
      delivered.onPacket(sequence, timestamp, clock);
    }
    Pictures order = pictures;
    if (order == null) {
      sound(sequence, timestamp);
      return;
    }
    int length = packet.readableBytes() - payloadOffset;
    boolean starts = plain && Keyframes.startsKeyframe(codec, packet, payloadOffset, length);
    order.onPacket(sequence, timestamp, RtpHeader.marker(packet), starts, clock, nowNanos);
  }

  private ReceiverStatistics begin(int source, int sequence, int timestamp, long nowNanos) {
    ReceiverStatistics made = new ReceiverStatistics(source, clockRate);
    statistics = made;
    ssrc = source;
    nack = new NackTracker();
    times = new TimestampUnwrapper();
    highest = sequence - 1;
    firstTicks = times.unwrap(timestamp);
    firstMs = TimeUnit.NANOSECONDS.toMillis(nowNanos - zeroNanos);
    if (pictures != null) {
      pictures.restart();
    }
    if (delivered != null) {
      delivered.restart();
    }
    return made;
  }

  private NackTracker.Arrival arrival(int sequence, long nowNanos) {
    long before = nack.recovered();
    NackTracker.Arrival arrival = nack.onPacket(sequence, nowNanos);
    if (arrival == NackTracker.Arrival.LATE) {
      if (nack.recovered() > before) {
        counts.recovered();
      } else {
        counts.reordered();
      }
    }
    return arrival;
  }

  private void newest(int sequence) {
    int ahead = (short) (sequence - highest);
    if (ahead > 1 && ahead < MOST_LOST) {
      counts.lost(ahead - 1);
    }
    highest = sequence;
    counts.received();
  }

  private void sound(int sequence, int timestamp) {
    if (sequence == (highest & 0xffff)) {
      meter.sound(milliseconds(timestamp));
    }
  }

  private long milliseconds(int timestamp) {
    return firstMs + (times.unwrap(timestamp) - firstTicks) * 1_000 / clockRate;
  }

  @Override
  public void onPicture(int timestamp, boolean keyframe, long sentNanos) {
    // Of what is not opened, nobody knows which are keyframes: none is blamed for not being one.
    meter.picture(milliseconds(timestamp), keyframe || !opened, sentNanos);
  }

  @Override
  public void onBroken() {
    counts.brokenPicture();
  }

  /** The numbers to ask for now; how many they are. */
  int missing(int[] into, long nowNanos) {
    int due = nack.due(nowNanos, into);
    Pictures order = pictures;
    if (order != null) {
      order.expire(nowNanos);
    }
    return track.feedback().nack() && order != null ? due : 0;
  }

  /** Whether {@link #missing} is to be asked again soon. */
  boolean waits() {
    Pictures order = pictures;
    return nack.missing() > 0 || (order != null && order.waits());
  }

  /** Whether pictures can't go on without a keyframe. */
  boolean takeKeyframeWanted() {
    return nack.takeKeyframeWanted() && isVideo();
  }

  void onSenderReport(long ntp, long nowNanos) {
    ReceiverStatistics known = statistics;
    if (known != null) {
      known.onSenderReport(ntp, nowNanos);
    }
  }

  /** What is reported of it; null before its first packet. */
  @Nullable ReportBlock report(long nowNanos) {
    ReceiverStatistics known = statistics;
    return known == null ? null : known.report(nowNanos);
  }
}
