package live.sluice.container.flv;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import live.sluice.media.Frame;
import live.sluice.media.SluiceException;
import live.sluice.media.Track;
import org.jspecify.annotations.Nullable;

/**
 * Frames of an FLV byte stream. A tag that is written the way {@link FlvForm} would write it becomes its frame's FLV
 * form as it is, in the same memory as the payload, so that pulled bytes pass on without muxing. Not thread-safe.
 */
public final class FlvFrameSource implements AutoCloseable {
  private final FlvTagReader tags;
  private final FlvBodyReader bodies = new FlvBodyReader();
  private final TimestampUnwrapper clock = new TimestampUnwrapper();
  private final ByteBuf expected = Unpooled.buffer(FlvBody.MAX_HEADER);

  /** Reads from the start of an FLV stream, with tags of at most {@code maxBody} bytes. */
  public FlvFrameSource(ByteBufAllocator allocator, int maxBody) {
    tags = new FlvTagReader(allocator, maxBody);
  }

  /**
   * Reads on, to the end of the next frame or of {@code in}, whichever comes first; call it until it gives null.
   * Encrypted tags are left out.
   *
   * @param in borrowed; what is read is read for good
   * @return a frame that the caller owns, or null when {@code in} is used up
   * @throws SluiceException as {@link FlvTagReader#read} and {@link FlvBodyReader#read} do
   */
  public @Nullable Frame read(ByteBuf in) {
    while (true) {
      FlvTag tag = tags.read(in);
      if (tag == null) {
        return null;
      }
      try {
        Frame frame = tag.filtered() ? null : frame(tag);
        if (frame != null) {
          return frame;
        }
      } finally {
        tag.release();
      }
    }
  }

  /** Whether the header of the stream was read. */
  public boolean started() {
    return tags.started();
  }

  /** The current video track, null before the first video tag. */
  public @Nullable Track video() {
    return bodies.video();
  }

  /** The current audio track, null before the first audio tag. */
  public @Nullable Track audio() {
    return bodies.audio();
  }

  @Override
  public void close() {
    tags.close();
  }

  private @Nullable Frame frame(FlvTag tag) {
    Frame frame = bodies.read(tag.type(), clock.unwrap(tag.timestamp()), tag.body());
    return frame != null && canonical(frame, tag.body()) ? frame.preset(FlvForm.FLV, tag.whole().retain()) : frame;
  }

  /**
   * Whether {@code body} is what we would write for {@code frame}: not so for multitrack, or HEVC with a legacy header.
   */
  private boolean canonical(Frame frame, ByteBuf body) {
    int length = FlvBody.headerLength(frame);
    if (length + frame.size() != body.readableBytes()) {
      return false;
    }
    expected.clear();
    FlvBody.header(frame, expected);
    return ByteBufUtil.equals(expected, 0, body, body.readerIndex(), length);
  }
}
