package live.sluice.pull;

import java.util.List;
import live.sluice.media.ErrorCode;
import live.sluice.media.Frame;
import live.sluice.media.MediaForm;
import live.sluice.media.NodeInfo;
import live.sluice.media.Publication;
import live.sluice.media.Session;
import live.sluice.media.Stream;
import live.sluice.media.StreamEntry;
import live.sluice.media.StreamRegistry;
import live.sluice.pull.packets.PacketRequests;
import live.sluice.rtp.RtpFeed;
import live.sluice.rtp.RtpTrack;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt to pull a stream: where from, the connection, and what it feeds. On the stream's loop, like the pull that it
 * tells.
 */
final class PullAttempt implements SourceConnection.Events {
  private static final Logger LOG = LoggerFactory.getLogger(PullAttempt.class);

  /** Told what becomes of an attempt. */
  interface Owner {
    /** The other side serves the stream; what was pulled before is to be let go. */
    void begun(PullAttempt attempt);

    /** It is over, or did not come about. */
    void ended(PullAttempt attempt, ErrorCode code, String why);

    /** The stream has no use for it: somebody publishes it here, or it was idle. */
    void unwanted(PullAttempt attempt, ErrorCode code, String why);
  }

  private final Owner owner;
  private final Stream stream;
  private final Sources sources;
  private final Session session;
  private final PullTarget target;
  private final long sinceMs;
  private @Nullable SourceConnection connection;
  private @Nullable Publication publication;
  private @Nullable RtpFeed feed;
  private boolean settled;
  private boolean over;

  PullAttempt(Owner owner, Stream stream, Sources sources, Session session, PullTarget target) {
    this.owner = owner;
    this.stream = stream;
    this.sources = sources;
    this.session = session;
    this.target = target;
    this.sinceMs = sources.ticker().millis();
  }

  /** Connects. It may be over when this returns. */
  void connect() {
    SourceConnection made = sources.connect(stream, target, session, this);
    if (over) {
      made.close();
    } else {
      connection = made;
    }
  }

  /** The owner as it was known when it began; null for a foreign server. */
  @Nullable StreamEntry entry() {
    return target instanceof PullTarget.Node node ? node.entry() : null;
  }

  /** The node it pulls from; null for a foreign server. */
  @Nullable NodeInfo from() {
    return target instanceof PullTarget.Node node ? node.from() : null;
  }

  /** How long ago it began, in ms. */
  long ageMs() {
    return sources.ticker().millis() - sinceMs;
  }

  /** Whether it was to be by the link, or not at all. */
  boolean onlyByLink() {
    return target instanceof PullTarget.Node node && node.onlyByLink();
  }

  /** Whether it goes over TCP for want of a link, and would go by the link else. */
  boolean standsIn() {
    SourceConnection open = connection;
    return !settled && open != null && open.standsIn();
  }

  /** The other side has said that the stream does not come by the link. */
  void settle() {
    settled = true;
  }

  private StreamEntry entryOrForeign() {
    StreamEntry known = entry();
    return known != null ? known : sources.foreignEntry(stream.key());
  }

  private void begin(MediaForm form) {
    owner.begun(this);
    NodeInfo node = from();
    session.detail("from", node != null ? node.id() : "");
    LOG.atInfo()
        .addKeyValue("session", session.id())
        .addKeyValue("stream", stream.key())
        .addKeyValue("from", node != null ? node.id() : "foreign server")
        .addKeyValue("form", form)
        .log("pull started");
  }

  @Override
  public void started() {
    begin(MediaForm.FRAMES);
    publication = stream.connect(entryOrForeign(), session, false, this::onPublicationEnded);
  }

  @Override
  public RtpFeed startedPackets(List<RtpTrack> tracks, boolean heedsRequests, PacketRequests requests) {
    begin(MediaForm.PACKETS);
    RtpFeed made =
        sources
            .packets()
            .pulled(
                tracks,
                new PulledPackets(heedsRequests, requests, this::onPublicationEnded),
                by ->
                    stream.connect(
                        entryOrForeign(), false, new StreamRegistry.Publisher(session, by, MediaForm.PACKETS)));
    feed = made;
    return made;
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
    RtpFeed fed = feed;
    if (fed != null && code == ErrorCode.STREAM_ENDED) {
      fed.forget(); // it may begin anew within the same publish
    }
    if (!over) {
      stop();
      owner.ended(this, code, why);
    }
  }

  private void onPublicationEnded(ErrorCode code, String why) {
    publication = null;
    feed = null;
    if (!over) {
      stop();
      owner.unwanted(this, code, why);
    }
  }

  /** Lets go of the connection, and of the stream. More calls do nothing. */
  void stop() {
    over = true;
    SourceConnection open = connection;
    connection = null;
    if (open != null) {
      open.close();
    }
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
}
