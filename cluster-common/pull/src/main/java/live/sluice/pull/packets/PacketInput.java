package live.sluice.pull.packets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.List;
import live.sluice.hop.wire.Fields;
import live.sluice.media.ErrorCode;
import live.sluice.media.MediaKind;
import live.sluice.media.Session;
import live.sluice.media.SluiceException;
import live.sluice.media.Ticker;
import live.sluice.rtp.RtpClock;
import live.sluice.rtp.RtpFeed;
import live.sluice.rtp.RtpPacket;
import live.sluice.rtp.RtpTrack;
import org.jspecify.annotations.Nullable;

/** The puller's end of a hop: makes of bytes what a stream is fed with. On the stream's loop. */
public final class PacketInput implements AutoCloseable {

  /** Told what comes. */
  public interface Events {
    /**
     * The stream's tracks are known; packets follow.
     *
     * @param heedsRequests whether a keyframe that is asked for comes soon
     * @return where to the packets go
     */
    RtpFeed tracks(List<RtpTrack> tracks, boolean heedsRequests);

    /** The other side ends it, and says why. */
    void ended(ErrorCode code, String why);
  }

  private final Rfc4571Reader frames;
  private final Session session;
  private final Ticker ticker;
  private final Events events;
  private @Nullable RtpFeed feed;
  private boolean closed;

  /**
   * Reads from the first byte behind the answer on.
   *
   * @param session whose counters to keep
   */
  public PacketInput(ByteBufAllocator allocator, Session session, Ticker ticker, Events events) {
    this.frames = new Rfc4571Reader(allocator, PacketHop.MAX_BODY);
    this.session = session;
    this.ticker = ticker;
    this.events = events;
  }

  /**
   * Takes bytes, which stay the caller's.
   *
   * @throws SluiceException PROTOCOL_ERROR, UPSTREAM_FAILED; this is of no use then
   */
  public void read(ByteBuf bytes) {
    session.countReceived(bytes.readableBytes());
    while (!closed) {
      ByteBuf body = frames.read(bytes);
      if (body == null) {
        return;
      }
      int first = body.getUnsignedByte(body.readerIndex());
      if (first >= 128 && first <= 191) {
        packet(body);
      } else {
        try {
          message(first, body);
        } finally {
          body.release();
        }
      }
    }
  }

  /** What was there to be read has been read: readers get it now. */
  public void readComplete() {
    RtpFeed to = feed;
    if (to != null) {
      to.flush();
    }
  }

  private void packet(ByteBuf body) {
    RtpFeed to = feed;
    if (to == null) {
      body.release();
      throw Fields.broken("packets come before their tracks");
    }
    RtpPacket packet = HopPacket.read(body, to.tracks(), ticker.nanos());
    if (packet.marker() || packet.track().kind() == MediaKind.AUDIO) {
      session.countFrame();
    }
    to.packet(packet);
  }

  private void message(int type, ByteBuf body) {
    if (type >= HopMessages.TYPES) {
      throw Fields.broken("a frame begins with " + type);
    }
    switch (HopMessages.read(body)) {
      case HopMessage.Tracks tracks -> begin(tracks);
      case HopMessage.Clock clock -> clock(clock);
      case HopMessage.End end -> events.ended(end.code(), end.why());
      case null, default -> {
        // Of a later version, or of no use here.
      }
    }
  }

  private void begin(HopMessage.Tracks tracks) {
    if (feed != null) {
      throw Fields.broken("the tracks come a second time");
    }
    feed = events.tracks(tracks.tracks(), tracks.heedsRequests());
  }

  private void clock(HopMessage.Clock clock) {
    RtpFeed to = feed;
    if (to == null || clock.track() >= to.tracks().size()) {
      throw Fields.broken("a clock is of no track");
    }
    RtpTrack track = to.tracks().get(clock.track());
    to.clock(track, clock.layer(), new RtpClock(clock.ntp(), clock.rtp(), ticker.nanos()));
  }

  /** Takes nothing any more. What the feed is told of the end is the caller's affair. */
  @Override
  public void close() {
    closed = true;
    frames.close();
  }
}
