package live.sluice.pull;

import io.netty.util.concurrent.Future;
import java.util.List;
import java.util.concurrent.TimeUnit;
import live.sluice.media.ErrorCode;
import live.sluice.media.Frame;
import live.sluice.media.MediaForm;
import live.sluice.media.Publication;
import live.sluice.media.Session;
import live.sluice.media.Stream;
import live.sluice.media.StreamEntry;
import live.sluice.media.StreamRegistry;
import live.sluice.media.Upstream;
import live.sluice.pull.packets.PacketRequests;
import live.sluice.rtp.RtpFeed;
import live.sluice.rtp.RtpTrack;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pull of one stream, for as long as it has players: looks up who has it, connects, feeds the stream, and begins
 * again with a growing pause whenever that fails, or at once when the directory names a new owner. Owned by the stream's
 * loop.
 */
final class StreamPull implements Upstream.Pull {
  private static final Logger LOG = LoggerFactory.getLogger(StreamPull.class);

  /** A connection that lasted this long was good: the next failure is a new one. */
  private static final long GOOD_MS = 5_000;

  private final Stream stream;
  private final ClusterUpstream upstream;
  private final BackOff backOff;
  private final Session session;
  private @Nullable SourceConnection connection;
  private @Nullable StreamEntry connectedTo;
  private @Nullable Publication publication;
  private @Nullable RtpFeed feed;
  private @Nullable Future<?> retry;
  private String lastFailure = "";
  private long connectedAtMs;
  private boolean stopped;

  StreamPull(Stream stream, ClusterUpstream upstream, BackOff backOff, Session session) {
    this.stream = stream;
    this.upstream = upstream;
    this.backOff = backOff;
    this.session = session;
  }

  Stream stream() {
    return stream;
  }

  void start() {
    connect();
  }

  /** The directory says that the owner is another one now, or that there is none. */
  void entryChanged(@Nullable StreamEntry entry) {
    if (stopped || entry == null) {
      return;
    }
    StreamEntry present = connectedTo;
    boolean sameOwner = present != null && present.owner().equals(entry.owner()) && present.epoch() == entry.epoch();
    if (connection != null && (sameOwner || (present != null && present.beats(entry)))) {
      return;
    }
    backOff.reset();
    disconnect();
    connect();
  }

  private void connect() {
    Future<?> waiting = retry;
    if (waiting != null) {
      waiting.cancel(false);
      retry = null;
    }
    PullTarget target = upstream.resolve(stream.key());
    if (target == null) {
      failed("nobody is known to publish it");
      return;
    }
    connectedTo = target instanceof PullTarget.Owner owner ? owner.entry() : null;
    connectedAtMs = upstream.ticker().millis();
    // A connection may fail while it is being made: what it tells then must find this attempt, not the last one.
    Attempt attempt = new Attempt();
    SourceConnection made = upstream.connect(stream, target, session, attempt);
    attempt.made(made);
  }

  /** One attempt to connect, and what became of it. */
  private final class Attempt implements SourceConnection.Events {
    private boolean over;

    void made(SourceConnection made) {
      if (over) {
        made.close();
      } else {
        connection = made;
      }
    }

    @Override
    public void started() {
      begun(MediaForm.FRAMES);
      publication = stream.connect(entry(), session, false, StreamPull.this::onPublicationEnded);
    }

    @Override
    public RtpFeed startedPackets(List<RtpTrack> tracks, boolean heedsRequests, PacketRequests requests) {
      begun(MediaForm.PACKETS);
      RtpFeed made =
          upstream
              .packets()
              .pulled(
                  tracks,
                  new PulledPackets(heedsRequests, requests, StreamPull.this::onPublicationEnded),
                  owner ->
                      stream.connect(
                          entry(), false, new StreamRegistry.Publisher(session, owner, MediaForm.PACKETS)));
      feed = made;
      return made;
    }

    private void begun(MediaForm form) {
      StreamEntry from = connectedTo;
      LOG.atInfo()
          .addKeyValue("session", session.id())
          .addKeyValue("stream", stream.key())
          .addKeyValue("from", from != null ? from.owner().id() : "foreign server")
          .addKeyValue("form", form)
          .log("pull started");
      lastFailure = "";
    }

    private StreamEntry entry() {
      StreamEntry from = connectedTo;
      return from != null ? from : upstream.foreignEntry(stream.key());
    }

    @Override
    public void frame(Frame frame) {
      Publication into = publication;
      if (over || into == null) {
        frame.release();
      } else {
        into.frame(frame);
      }
    }

    @Override
    public void ended(ErrorCode code, String why) {
      if (over) {
        return;
      }
      over = true;
      connection = null;
      if (!stopped) {
        endPublication();
        if (upstream.ticker().millis() - connectedAtMs > GOOD_MS) {
          backOff.reset();
        }
        failed(why);
      }
    }
  }

  /** Somebody publishes it here, or the stream found us idle. */
  private void onPublicationEnded(ErrorCode code, String why) {
    publication = null;
    feed = null;
    if (!stopped) {
      disconnect();
      if (code != ErrorCode.PUBLISH_REPLACED) {
        failed(why);
      }
    }
  }

  /** Only a failure of another kind than the last one is told. */
  private void failed(String why) {
    if (!why.equals(lastFailure)) {
      lastFailure = why;
      LOG.atInfo()
          .addKeyValue("session", session.id())
          .addKeyValue("stream", stream.key())
          .addKeyValue("why", why)
          .log("pull waits for a source");
    }
    if (retry == null) {
      retry =
          stream
              .loop()
              .schedule(
                  () -> {
                    retry = null;
                    if (!stopped && connection == null) {
                      connect();
                    }
                  },
                  backOff.next(),
                  TimeUnit.MILLISECONDS);
    }
  }

  private void disconnect() {
    SourceConnection open = connection;
    connection = null;
    if (open != null) {
      open.close();
    }
    endPublication();
  }

  private void endPublication() {
    Publication fed = publication;
    publication = null;
    if (fed != null) {
      fed.close();
    }
    RtpFeed fedPackets = feed;
    feed = null;
    if (fedPackets != null) {
      fedPackets.close();
    }
  }

  @Override
  public void stop() {
    if (stopped) {
      return;
    }
    stopped = true;
    Future<?> waiting = retry;
    if (waiting != null) {
      waiting.cancel(false);
    }
    disconnect();
    upstream.stopped(this);
    LOG.atInfo().addKeyValue("session", session.id()).addKeyValue("stream", stream.key()).log("pull stopped");
  }
}
