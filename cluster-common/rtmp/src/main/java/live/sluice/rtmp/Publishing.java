package live.sluice.rtmp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.util.concurrent.CompletionStage;
import live.sluice.container.flv.FlvBodyReader;
import live.sluice.container.flv.TimestampUnwrapper;
import live.sluice.media.ErrorCode;
import live.sluice.media.Frame;
import live.sluice.media.Session;
import live.sluice.media.SluiceException;
import live.sluice.rtmp.chunk.MessageType;
import live.sluice.rtmp.chunk.RtmpMessage;
import live.sluice.rtmp.command.StreamName;
import org.jspecify.annotations.Nullable;

/** One publish of a connection: it asks the gate, and then makes frames of messages. On the channel's loop. */
final class Publishing implements PublishTarget.Owner {

  /** The connection, as a publish sees it; both are called on its loop, once at most. */
  interface Host {
    /** The target is there. */
    void publishStarted(Publishing publishing);

    /** It was refused, or ended by others. */
    void publishEnded(Publishing publishing, ErrorCode code, String why);
  }

  /** How many bytes that are no payload a message may keep alive. */
  private static final int SLACK = 1024;

  private final int streamId;
  private final StreamName name;
  private final Session session;
  private final EventLoop loop;
  private final Host host;
  private final FlvBodyReader bodies = new FlvBodyReader();
  private final TimestampUnwrapper clock = new TimestampUnwrapper();
  private @Nullable PublishTarget target;
  private boolean closed;

  Publishing(int streamId, StreamName name, Session session, EventLoop loop, Host host) {
    this.streamId = streamId;
    this.name = name;
    this.session = session;
    this.loop = loop;
    this.host = host;
  }

  int streamId() {
    return streamId;
  }

  StreamName name() {
    return name;
  }

  /** Whether the gate has not answered yet. */
  boolean isPending() {
    return target == null && !closed;
  }

  void start(PublishGate gate, String tcUrl) {
    CompletionStage<? extends PublishTarget> answer;
    try {
      answer = gate.open(new PublishRequest(name.key(), name.param(), tcUrl, session, loop), this);
    } catch (RuntimeException e) {
      refused(e);
      return;
    }
    answer.whenComplete((opened, failure) -> onLoop(() -> answered(opened, failure)));
  }

  private void answered(@Nullable PublishTarget opened, @Nullable Throwable failure) {
    if (opened == null) {
      refused(failure == null ? new IllegalStateException("the publish gate gave nothing") : failure);
    } else if (closed) {
      opened.close();
    } else {
      target = opened;
      host.publishStarted(this);
    }
  }

  private void refused(Throwable failure) {
    if (!closed) {
      closed = true;
      host.publishEnded(this, SluiceException.codeOf(failure), Failures.text(failure));
    }
  }

  @Override
  public void onEnded(ErrorCode code, String why) {
    onLoop(
        () -> {
          if (!closed) {
            closed = true;
            host.publishEnded(this, code, why);
          }
        });
  }

  private void onLoop(Runnable task) {
    if (loop.inEventLoop()) {
      task.run();
    } else if (!loop.isShuttingDown()) {
      loop.execute(task);
    }
  }

  /** Takes a message with media or data, which stays the caller's. */
  void message(RtmpMessage message) {
    PublishTarget to = target;
    if (to == null || closed) {
      return;
    }
    ByteBuf body = message.payload();
    int type = message.type();
    if (type == MessageType.DATA_AMF3) {
      // Data in AMF3 begins with a byte 0, and then speaks AMF0 anyway.
      type = MessageType.DATA_AMF0;
      if (body.isReadable() && body.getByte(body.readerIndex()) == 0) {
        body.skipBytes(1);
      }
    }
    Frame frame = bodies.read(type, clock.unwrap(message.timestamp()), body);
    if (frame != null) {
      if (!frame.config()) {
        session.countFrame();
      }
      to.frame(compact(frame, body));
    }
  }

  /**
   * A frame's payload is a part of its message. Where it is a small part only, as with several tracks in one message, it
   * becomes a copy: frames are kept, and bounded by their own size.
   */
  private static Frame compact(Frame frame, ByteBuf body) {
    if (body.capacity() - frame.size() <= Math.max(SLACK, frame.size())) {
      return frame;
    }
    try {
      ByteBuf copy = body.alloc().directBuffer(frame.size());
      copy.writeBytes(frame.payload(), frame.payload().readerIndex(), frame.size());
      return new Frame(
          frame.track(), frame.dts(), frame.compositionOffset(), frame.keyframe(), frame.config(), copy);
    } finally {
      frame.release();
    }
  }

  /** Ends it from the client's side; the host hears nothing of it. */
  void close() {
    closed = true;
    PublishTarget to = target;
    target = null;
    if (to != null) {
      to.close();
    }
  }
}
