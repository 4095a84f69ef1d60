package live.sluice.pull.link;

import java.util.function.Function;
import live.sluice.hop.control.ControlMessage;
import live.sluice.hop.link.LinkHost;
import live.sluice.hop.link.Serving;
import live.sluice.media.Addresses;
import live.sluice.media.ErrorCode;
import live.sluice.media.MediaForm;
import live.sluice.media.NodeInfo;
import live.sluice.media.Publication;
import live.sluice.media.Session;
import live.sluice.media.Sessions;
import live.sluice.media.SluiceException;
import live.sluice.media.Stream;
import live.sluice.media.StreamDirectory;
import live.sluice.media.StreamEntry;
import live.sluice.media.StreamKey;
import live.sluice.media.StreamRegistry;
import live.sluice.rtp.RtpStream;
import live.sluice.rtp.RtpStreams;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves streams to other nodes by links: what is published here, and as the hub of a region what comes from others. Any
 * other stream of this region is refused with its owner, so that stale views can't chain. Thread-safe.
 */
public final class HopServer implements LinkHost {
  private static final Logger LOG = LoggerFactory.getLogger(HopServer.class);

  /** How long a source that is there may take to tell its tracks, in ms. */
  private static final long PATIENCE_MS = 3_000;

  private final NodeInfo self;
  private final Sessions sessions;
  private final StreamRegistry registry;
  private final StreamDirectory directory;
  private final RtpStreams packets;
  private final Function<StreamKey, @Nullable String> pulledFrom;

  /**
   * Serves what {@code registry} has.
   *
   * @param pulledFrom the id of the node that a stream is being pulled from; null where it is not
   */
  public HopServer(
      NodeInfo self,
      Sessions sessions,
      StreamRegistry registry,
      StreamDirectory directory,
      RtpStreams packets,
      Function<StreamKey, @Nullable String> pulledFrom) {
    this.self = self;
    this.sessions = sessions;
    this.registry = registry;
    this.directory = directory;
    this.packets = packets;
    this.pulledFrom = pulledFrom;
  }

  @Override
  public NodeInfo self() {
    return self;
  }

  @Override
  public void serve(ControlMessage.Subscribe asked, Serving serving) {
    StreamKey key = asked.key();
    StreamEntry owner = ownerElsewhere(key);
    if (owner != null && owner.owner().region().equals(self.region())) {
      serving.end(
          ErrorCode.NOT_OWNER, key + " is not published here; its owner is " + owner.owner().id(), owner);
      return;
    }
    if (owner == null && !isPublishedHere(key)) {
      serving.end(ErrorCode.STREAM_NOT_FOUND, "nobody is known here to publish " + key, null);
      return;
    }
    if (serving.asker().id().equals(pulledFrom.apply(key))) {
      // Views of who is alive differ for a moment: two nodes that take each other for the hub would wait for each other.
      serving.end(ErrorCode.NOT_OWNER, self.id() + " has " + key + " from the node that asks for it", owner);
      return;
    }
    SourceWait wait =
        new SourceWait(
            registry,
            source -> decide(serving, source),
            (code, why) -> serving.link().run(() -> serving.end(code, why, null)));
    serving.onClosed(wait::stop);
    wait.begin(key, serving.link().loop());
  }

  private boolean isPublishedHere(StreamKey key) {
    Stream stream = registry.find(key);
    Publication source = stream == null ? null : stream.source();
    return source != null && source.isLocal();
  }

  /** Who has a stream, where it is not this node. */
  private @Nullable StreamEntry ownerElsewhere(StreamKey key) {
    if (isPublishedHere(key)) {
      return null;
    }
    StreamEntry entry = directory.lookup(key);
    return entry == null || entry.owner().id().equals(self.id()) ? null : entry;
  }

  /** The form is known: on the stream's loop. */
  private void decide(Serving serving, Publication source) {
    long epoch = source.entry().epoch();
    boolean asPackets = source.form() == MediaForm.PACKETS;
    serving.link().run(() -> answer(serving, epoch, asPackets));
  }

  private void answer(Serving serving, long epoch, boolean asPackets) {
    if (serving.isOver()) {
      return;
    }
    boolean near = serving.asker().region().equals(self.region());
    if (!asPackets && near) {
      // Within a region frames cross by the pull over TCP, which costs less.
      serving.end(ErrorCode.NOT_SUPPORTED, "it comes as frames, which cross by HTTP within a region", null);
      return;
    }
    Session session;
    try {
      session = session(serving, asPackets);
    } catch (SluiceException e) {
      serving.end(e.code(), String.valueOf(e.getMessage()), null);
      return;
    }
    try {
      if (asPackets) {
        packets
            .open(serving.asked().key(), serving.link().loop(), PATIENCE_MS)
            .whenComplete((stream, failure) -> opened(serving, epoch, session, stream, failure));
      } else {
        registry.play(serving.asked().key(), new FrameServing(serving, epoch, session).reader());
      }
    } catch (SluiceException e) {
      serving.end(e.code(), String.valueOf(e.getMessage()), null);
    }
  }

  private Session session(Serving serving, boolean asPackets) {
    String remote = Addresses.text(serving.link().connection().remote());
    Session session =
        sessions.open(
            Session.Type.NODE_PULL,
            remote,
            (code, why) -> serving.link().run(() -> serving.end(code, why, null)));
    session.become(Session.Type.NODE_PULL, serving.asked().key());
    session.detail("node", serving.asker().id());
    session.detail("via", serving.asked().session());
    serving.onClosed(() -> sessions.close(session, ErrorCode.OK));
    LOG.atInfo()
        .addKeyValue("session", session.id())
        .addKeyValue("stream", serving.asked().key())
        .addKeyValue("node", serving.asker().id())
        .addKeyValue("via", serving.asked().session())
        .addKeyValue("form", asPackets ? MediaForm.PACKETS : MediaForm.FRAMES)
        .log("another node pulls");
    return session;
  }

  private static void opened(
      Serving serving, long epoch, Session session, @Nullable RtpStream stream, @Nullable Throwable failure) {
    serving
        .link()
        .run(
            () -> {
              if (stream != null) {
                serving.packets(stream, epoch, session);
              } else {
                String why = failure == null ? "" : SluiceException.chainOf(failure);
                serving.end(SluiceException.codeOf(failure), why, null);
              }
            });
  }
}
