package live.sluice.media;

import io.netty.buffer.ByteBuf;

/**
 * A wire form in which frames may come ready-made from upstream, so that a node passes them on as they are. See {@link
 * Frame#preset}.
 */
public abstract class UpstreamForm extends WireForm {

  /** Defines a form; see {@link WireForm}. */
  protected UpstreamForm(String name) {
    super(name);
  }

  /**
   * Writes the final timestamp of {@code frame} into a form that came ready-made, before anybody else has seen it. On the
   * event loop that owns the stream.
   */
  protected abstract void restamp(ByteBuf form, Frame frame);
}
