package live.sluice.rtmp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import live.sluice.media.ErrorCode;
import live.sluice.media.MediaKind;
import live.sluice.media.PlayOptions;
import live.sluice.media.Reader;
import live.sluice.media.ReaderSink;
import live.sluice.media.Session;
import live.sluice.media.StreamRegistry;
import live.sluice.media.TrackFilter;
import live.sluice.rtmp.command.Status;
import live.sluice.rtmp.command.StreamName;
import org.jspecify.annotations.Nullable;

/**
 * One play of a connection. Pausing, and switching sound or picture off or on, closes the reader and opens another one,
 * so that the player goes on live, at a keyframe. On the channel's loop.
 */
final class Playing implements ReaderSink {

  /** The connection, as a play sees it; called on its loop, once at most. */
  interface Host {
    /** Nothing more comes. */
    void playEnded(Playing playing, ErrorCode code, String why);
  }

  private final int streamId;
  private final StreamName name;
  private final PlayOptions parameters;
  private final boolean reset;
  private final Session session;
  private final Channel channel;
  private final Outbox outbox;
  private final StreamRegistry registry;
  private final Host host;
  private @Nullable Reader reader;
  private boolean opened;
  private boolean paused;
  private boolean audio = true;
  private boolean video = true;

  Playing(
      int streamId,
      StreamName name,
      PlayOptions parameters,
      boolean reset,
      Session session,
      Channel channel,
      Outbox outbox,
      StreamRegistry registry,
      Host host) {
    this.streamId = streamId;
    this.name = name;
    this.parameters = parameters;
    this.reset = reset;
    this.session = session;
    this.channel = channel;
    this.outbox = outbox;
    this.registry = registry;
    this.host = host;
  }

  int streamId() {
    return streamId;
  }

  StreamName name() {
    return name;
  }

  /** Whether it is sent nothing: it is paused, or has switched off all that there is. */
  boolean isPaused() {
    return paused || filter() == null;
  }

  /** Begins, or begins anew as things are now. */
  void open() {
    close();
    TrackFilter filter = filter();
    if (paused || filter == null) {
      return;
    }
    Reader next = new Reader(this, RtmpForm.RTMP, filter, parameters.windowMs(), session);
    reader = next;
    registry.play(name.key(), next);
  }

  /** What the URL and the player's switches leave; null where it is nothing. */
  private @Nullable TrackFilter filter() {
    boolean wantsAudio = audio && parameters.filter().passes(MediaKind.AUDIO);
    boolean wantsVideo = video && parameters.filter().passes(MediaKind.VIDEO);
    if (wantsAudio) {
      return wantsVideo ? TrackFilter.ALL : TrackFilter.AUDIO_ONLY;
    }
    return wantsVideo ? TrackFilter.VIDEO_ONLY : null;
  }

  void pause(boolean wish) {
    if (paused != wish) {
      paused = wish;
      if (wish) {
        outbox.streamEof(streamId);
      } else {
        outbox.streamBegin(streamId);
      }
      outbox.status(streamId, wish ? Status.ok(Status.PAUSE, "paused") : Status.ok(Status.UNPAUSE, "live again"));
      outbox.flush();
      open();
    }
  }

  void receive(MediaKind kind, boolean wish) {
    boolean before = kind == MediaKind.AUDIO ? audio : video;
    if (kind == MediaKind.AUDIO) {
      audio = wish;
    } else {
      video = wish;
    }
    if (before != wish) {
      open();
    }
  }

  /** More can be written. */
  void drain() {
    Reader mine = reader;
    if (mine != null) {
      mine.drain();
    }
  }

  void close() {
    Reader mine = reader;
    reader = null;
    if (mine != null) {
      mine.close();
    }
  }

  // ---- the reader's sink ----

  @Override
  public EventLoop loop() {
    return channel.eventLoop();
  }

  @Override
  public boolean writable() {
    return channel.isWritable();
  }

  @Override
  public boolean takesMerged() {
    // The message stream stands in each message's header.
    return streamId == RtmpForm.STREAM_ID;
  }

  @Override
  public void write(ByteBuf bytes) {
    channel.write(RtmpForm.onStream(bytes, streamId), channel.voidPromise());
  }

  @Override
  public void flush() {
    channel.flush();
  }

  @Override
  public void onStart(boolean hasAudio, boolean hasVideo) {
    if (opened) {
      return;
    }
    opened = true;
    outbox.streamBegin(streamId);
    if (reset) {
      outbox.status(streamId, Status.ok(Status.PLAY_RESET, "playing " + name.key()));
    }
    outbox.status(streamId, Status.ok(Status.PLAY_START, "playing " + name.key()));
    outbox.data(streamId, "|RtmpSampleAccess", true, true);
  }

  @Override
  public void onEnd(ErrorCode code, String why) {
    reader = null;
    host.playEnded(this, code, why);
  }
}
