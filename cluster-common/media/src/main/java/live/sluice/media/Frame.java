package live.sluice.media;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.AbstractReferenceCounted;
import io.netty.util.ReferenceCounted;
import org.jspecify.annotations.Nullable;

/**
 * One access unit of video, one frame of audio, one codec configuration, or one piece of script data, with every wire
 * form that somebody asked for. Reference counted: who is handed a frame as an argument borrows it, and retains it to
 * keep it. When the last reference goes, the payload and all forms are released.
 *
 * <p>Times are in ms. A publisher makes a frame with the times of its own clock, up to 64 bits (32-bit wraps undone);
 * {@link Stream} moves them to the stream's clock before anybody else sees the frame. From then on a frame is immutable
 * but for its table of forms, which only the stream's event loop writes.
 */
public final class Frame extends AbstractReferenceCounted {
  private final Track track;
  private final boolean keyframe;
  private final boolean config;
  private final ByteBuf payload;
  /** By slot; null until somebody asks for one: most frames of streams without players are never written. */
  private @Nullable ByteBuf @Nullable [] forms;
  private @Nullable UpstreamForm presetForm;
  private long dts;
  private final long compositionOffset;
  private boolean discontinuity;

  /**
   * Makes a frame; it takes over {@code payload}.
   *
   * @param track the track as it is now; for a configuration, as it is from now on
   * @param dts decoding time in ms
   * @param compositionOffset presentation time minus decoding time in ms
   * @param keyframe whether decoding can begin here; true for every audio frame
   * @param config whether it is a codec configuration or metadata: kept by the stream and given to every reader first
   * @param payload length-prefixed access unit, raw audio frame, configuration record or script data
   */
  public Frame(Track track, long dts, long compositionOffset, boolean keyframe, boolean config, ByteBuf payload) {
    this.track = track;
    this.dts = dts;
    this.compositionOffset = compositionOffset;
    this.keyframe = keyframe;
    this.config = config;
    this.payload = payload;
  }

  /** The track this frame is of. */
  public Track track() {
    return track;
  }

  /** Video, audio or data. */
  public MediaKind kind() {
    return track.kind();
  }

  /** Decoding time in ms on the stream's clock. */
  public long dts() {
    return dts;
  }

  /** Presentation time in ms on the stream's clock. */
  public long pts() {
    return dts + compositionOffset;
  }

  /** Presentation time minus decoding time, in ms. */
  public long compositionOffset() {
    return compositionOffset;
  }

  /** Whether decoding can begin here; always true of audio. */
  public boolean keyframe() {
    return keyframe;
  }

  /** Whether this is a codec configuration or metadata and not media. */
  public boolean config() {
    return config;
  }

  /** Whether the stream's source changed, or its clock jumped, just before this frame. */
  public boolean discontinuity() {
    return discontinuity;
  }

  /** The payload; borrowed. Read it without moving its indices. */
  public ByteBuf payload() {
    return payload;
  }

  /** Bytes of the payload. */
  public int size() {
    return payload.readableBytes();
  }

  /**
   * Gives the frame a wire form that came ready-made from upstream; the frame takes it over. Only before the frame is
   * handed to a stream.
   */
  public Frame preset(UpstreamForm form, ByteBuf bytes) {
    table()[form.slot()] = bytes;
    presetForm = form;
    return this;
  }

  /** The frame in that form, made now if it is not there yet; borrowed. Only on the stream's event loop. */
  public ByteBuf encoded(WireForm form, ByteBufAllocator allocator) {
    @Nullable ByteBuf[] table = table();
    ByteBuf bytes = table[form.slot()];
    if (bytes == null) {
      bytes = form.encode(this, allocator);
      table[form.slot()] = bytes;
    }
    return bytes;
  }

  private @Nullable ByteBuf[] table() {
    @Nullable ByteBuf[] table = forms;
    if (table == null) {
      table = new @Nullable ByteBuf[WireForm.MAX];
      forms = table;
    }
    return table;
  }

  /** The frame in a form that was made before; borrowed. On any thread that got the frame after that. */
  ByteBuf ready(WireForm form) {
    @Nullable ByteBuf[] table = forms;
    ByteBuf bytes = table == null ? null : table[form.slot()];
    if (bytes == null) {
      throw new IllegalStateException("the " + form + " form was not made");
    }
    return bytes;
  }

  /** Moves the frame to the stream's clock, in the ready-made form too. */
  void restamp(long newDts, boolean isDiscontinuity) {
    boolean moved = newDts != dts;
    dts = newDts;
    discontinuity = isDiscontinuity;
    UpstreamForm form = presetForm;
    if (moved && form != null) {
      form.restamp(ready(form), this);
    }
  }

  @Override
  public Frame retain() {
    super.retain();
    return this;
  }

  @Override
  public ReferenceCounted touch(Object hint) {
    payload.touch(hint);
    return this;
  }

  @Override
  protected void deallocate() {
    payload.release();
    @Nullable ByteBuf[] table = forms;
    if (table == null) {
      return;
    }
    for (ByteBuf form : table) {
      if (form != null) {
        form.release();
      }
    }
  }
}
