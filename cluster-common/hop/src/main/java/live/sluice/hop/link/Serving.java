package live.sluice.hop.link;

import java.util.ArrayList;
import java.util.List;
import live.sluice.hop.control.ControlMessage;
import live.sluice.hop.control.MediaPath;
import live.sluice.hop.transport.OutStream;
import live.sluice.media.ErrorCode;
import live.sluice.media.NodeInfo;
import live.sluice.media.Session;
import live.sluice.media.SluiceException;
import live.sluice.media.StreamEntry;
import live.sluice.rtp.RtpReader;
import live.sluice.rtp.RtpStream;
import org.jspecify.annotations.Nullable;

/**
 * A stream that the other node asks this one for: it is answered once, by packets, by frames or by a refusal. On the link's
 * loop.
 */
public final class Serving {
  private final Link link;
  private final ControlMessage.Subscribe asked;
  private final List<Runnable> onClosed = new ArrayList<>();
  private int layers;
  private @Nullable PacketServing packets;
  private @Nullable OutStream frames;
  private @Nullable Session session;
  private final RecentLoss loss = new RecentLoss();
  private long keyframeRequests;
  private boolean over;

  Serving(Link link, ControlMessage.Subscribe asked) {
    this.link = link;
    this.asked = asked;
    this.layers = asked.layers() & RtpReader.ALL_LAYERS;
  }

  /** The link. */
  public Link link() {
    return link;
  }

  /** What was asked for. */
  public ControlMessage.Subscribe asked() {
    return asked;
  }

  /** The node that asks. */
  public NodeInfo asker() {
    return link.peer();
  }

  /** Whether nobody wants it any more. */
  public boolean isOver() {
    return over;
  }

  /** The session by which it is served; null before. */
  public @Nullable Session session() {
    return session;
  }

  /** Says what is to be done when nobody wants it any more; at once where that is so already. */
  public void onClosed(Runnable task) {
    if (over) {
      task.run();
    } else {
      onClosed.add(task);
    }
  }

  /**
   * Serves packets, from the next keyframe on.
   *
   * @param stream given by {@link live.sluice.rtp.RtpStreams#open}; released in the end
   * @param by keeps the counters
   */
  public void packets(RtpStream stream, long epoch, Session by) {
    if (over) {
      stream.release();
      return;
    }
    session = by;
    PacketServing made = new PacketServing(link, this, stream, by, layers);
    packets = made;
    try {
      made.start(epoch);
    } catch (SluiceException e) {
      end(e.code(), String.valueOf(e.getMessage()), null);
    }
  }

  /**
   * Serves frames.
   *
   * @return takes FLV, from its header on
   */
  public OutStream frames(long epoch, Session by) {
    session = by;
    if (!over) {
      link.say(
          new ControlMessage.Subscribed(
              asked.request(), MediaPath.FRAMES, epoch, false, List.of(), List.of(), by.id()));
    }
    OutStream stream = link.open(StreamKind.FRAMES, asked.request());
    if (over) {
      stream.abort();
    } else {
      frames = stream;
    }
    return stream;
  }

  /** Refuses, or ends what was served. */
  public void end(ErrorCode code, String why, @Nullable StreamEntry owner) {
    if (!over) {
      link.say(new ControlMessage.Ended(asked.request(), code, why, owner));
      close();
    }
  }

  void update(int mask) {
    layers = mask & RtpReader.ALL_LAYERS;
    PacketServing serving = packets;
    if (serving != null) {
      serving.want(layers);
    }
  }

  /** How many keyframes the other node asked for. */
  long keyframeRequests() {
    return keyframeRequests;
  }

  /** What was lost of it lately, as the other node tells. */
  RecentLoss loss() {
    return loss;
  }

  void requestKeyframe(int layer) {
    keyframeRequests++;
    PacketServing serving = packets;
    if (serving != null) {
      serving.requestKeyframe(layer);
    }
  }

  @Nullable PacketServing packetServing() {
    return packets;
  }

  /** Nobody wants it any more. */
  void close() {
    if (over) {
      return;
    }
    over = true;
    PacketServing serving = packets;
    if (serving != null) {
      serving.close();
    }
    OutStream stream = frames;
    if (stream != null) {
      stream.abort();
    }
    link.streams().forget(this);
    onClosed.forEach(Runnable::run);
    onClosed.clear();
  }
}
