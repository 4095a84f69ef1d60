package live.sluice.pull;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import live.sluice.container.flv.FlvFrameSource;
import live.sluice.container.flv.FlvTagReader;
import live.sluice.hop.control.ControlMessage;
import live.sluice.hop.control.MediaPath;
import live.sluice.hop.link.Link;
import live.sluice.hop.link.Links;
import live.sluice.hop.link.Subscription;
import live.sluice.hop.link.SubscriptionEvents;
import live.sluice.media.ErrorCode;
import live.sluice.media.Frame;
import live.sluice.media.MediaKind;
import live.sluice.media.NodeInfo;
import live.sluice.media.Session;
import live.sluice.media.SluiceException;
import live.sluice.media.StreamEntry;
import live.sluice.media.StreamKey;
import live.sluice.media.Ticker;
import live.sluice.pull.packets.PacketRequests;
import live.sluice.rtp.RtpClock;
import live.sluice.rtp.RtpFeed;
import live.sluice.rtp.RtpPacket;
import live.sluice.rtp.RtpReader;
import org.jspecify.annotations.Nullable;

/**
 * A stream from another node by a link: packets, or frames as FLV. On the stream's loop; what comes on the link's loop is
 * handed over, all that came together by one task.
 */
final class HopSource implements SourceConnection {
  /** How long the other node may take to answer, in ms: a hub that has to pull the stream itself first among them. */
  private static final long PATIENCE_MS = 3_000;

  /** Packets on their way from the link's loop to the stream's: one that is late must not pile them up. */
  private static final int MOST_UNDER_WAY = 16_384;

  private final StreamKey key;
  private final EventLoop loop;
  private final NodeInfo from;
  private final Session session;
  private final Events events;
  private final Ticker ticker;
  private final Intake intake = new Intake();
  private @Nullable RtpFeed feed;
  private @Nullable FlvFrameSource frames;
  private @Nullable Future<?> patience;
  private boolean over;

  // Written by the link's loop, read by the stream's.
  private volatile @Nullable Subscription subscription;
  private volatile boolean closed;

  private HopSource(StreamKey key, EventLoop loop, NodeInfo from, Session session, Events events, Ticker ticker) {
    this.key = key;
    this.loop = loop;
    this.from = from;
    this.session = session;
    this.events = events;
    this.ticker = ticker;
  }

  /** Asks {@code from} for the stream, by the link that there is or one that is made. */
  static HopSource open(
      Links links,
      StreamKey key,
      EventLoop loop,
      NodeInfo from,
      String self,
      Session session,
      Events events,
      Ticker ticker) {
    HopSource source = new HopSource(key, loop, from, session, events, ticker);
    links
        .to(from)
        .whenComplete(
            (link, failure) -> {
              if (link != null) {
                link.run(() -> source.subscribe(link, self));
              } else {
                source.later(() -> source.fail(SluiceException.codeOf(failure), SluiceException.chainOf(failure)));
              }
            });
    return source;
  }

  /** On the link's loop. */
  private void subscribe(Link link, String self) {
    if (closed) {
      return;
    }
    subscription = link.subscribe(key, RtpReader.ALL_LAYERS, List.of(self), session.id(), intake);
    if (closed) {
      unsubscribe();
    }
    later(
        () ->
            patience =
                loop.schedule(
                    () -> fail(ErrorCode.UPSTREAM_FAILED, from.id() + " did not answer for " + PATIENCE_MS + " ms"),
                    PATIENCE_MS,
                    TimeUnit.MILLISECONDS));
  }

  private void later(Runnable task) {
    if (loop.inEventLoop()) {
      task.run();
    } else if (!loop.isShuttingDown()) {
      loop.execute(task);
    }
  }

  /** What comes, on the link's loop. */
  private final class Intake implements SubscriptionEvents {
    private final AtomicInteger underWay = new AtomicInteger();
    private List<RtpPacket> filling = new ArrayList<>();

    @Override
    public void begun(ControlMessage.Subscribed answer) {
      later(() -> onBegun(answer));
    }

    @Override
    public void packet(RtpPacket packet) {
      filling.add(packet);
    }

    @Override
    public void flush() {
      if (filling.isEmpty()) {
        return;
      }
      List<RtpPacket> batch = filling;
      filling = new ArrayList<>(batch.size());
      if (loop.isShuttingDown() || underWay.get() + batch.size() > MOST_UNDER_WAY) {
        batch.forEach(RtpPacket::release);
        return;
      }
      underWay.addAndGet(batch.size());
      later(
          () -> {
            underWay.addAndGet(-batch.size());
            onPackets(batch);
          });
    }

    @Override
    public void clock(ControlMessage.Clock clock) {
      flush();
      later(() -> onClock(clock));
    }

    @Override
    public void bytes(ByteBuf bytes, Runnable taken) {
      if (loop.isShuttingDown()) {
        bytes.release();
        taken.run();
        return;
      }
      later(
          () -> {
            onBytes(bytes);
            taken.run();
          });
    }

    @Override
    public void ended(ErrorCode code, String why, @Nullable StreamEntry owner) {
      flush();
      later(() -> fail(code, from.id() + ": " + why));
    }
  }

  // ---- on the stream's loop ----

  private void onBegun(ControlMessage.Subscribed answer) {
    if (over) {
      return;
    }
    stopWaiting();
    session.detail("via", answer.session());
    if (answer.form() == MediaPath.FRAMES) {
      frames = new FlvFrameSource(ByteBufAllocator.DEFAULT, FlvTagReader.DEFAULT_MAX_BODY);
      events.started();
    } else {
      feed = events.startedPackets(answer.tracks(), answer.heedsRequests(), new Requests());
    }
  }

  private void onPackets(List<RtpPacket> batch) {
    RtpFeed to = feed;
    for (RtpPacket packet : batch) {
      if (over || to == null) {
        packet.release();
        continue;
      }
      session.countReceived(packet.bytes().readableBytes());
      if (packet.marker() || packet.track().kind() == MediaKind.AUDIO) {
        session.countFrame();
      }
      to.packet(packet);
    }
    if (!over && to != null) {
      to.flush();
    }
  }

  private void onClock(ControlMessage.Clock clock) {
    RtpFeed to = feed;
    if (!over && to != null && clock.track() < to.tracks().size()) {
      to.clock(
          to.tracks().get(clock.track()), clock.layer(), new RtpClock(clock.ntp(), clock.rtp(), ticker.nanos()));
    }
  }

  private void onBytes(ByteBuf bytes) {
    try {
      FlvFrameSource from = frames;
      session.countReceived(bytes.readableBytes());
      while (!over && from != null) {
        Frame frame = from.read(bytes);
        if (frame == null) {
          return;
        }
        if (!frame.config()) {
          session.countFrame();
        }
        events.frame(frame);
      }
    } catch (SluiceException e) {
      fail(e.code(), "reading from " + from.id() + ": " + SluiceException.chainOf(e));
    } finally {
      bytes.release();
    }
  }

  /** The way back: what readers ask goes to the other node. */
  private final class Requests implements PacketRequests {
    @Override
    public void requestKeyframe(int layer) {
      Subscription to = subscription;
      if (to != null) {
        to.requestKeyframe(layer);
      }
    }

    @Override
    public void wantLayers(int mask) {
      Subscription to = subscription;
      if (to != null) {
        to.wantLayers(mask);
      }
    }
  }

  private void stopWaiting() {
    Future<?> waiting = patience;
    if (waiting != null) {
      waiting.cancel(false);
    }
  }

  private void fail(ErrorCode code, String why) {
    if (!over) {
      close();
      events.ended(code, why);
    }
  }

  @Override
  public void close() {
    over = true;
    closed = true;
    stopWaiting();
    FlvFrameSource from = frames;
    frames = null;
    if (from != null) {
      from.close();
    }
    unsubscribe();
  }

  private void unsubscribe() {
    Subscription held = subscription;
    if (held != null) {
      held.close();
    }
  }
}
