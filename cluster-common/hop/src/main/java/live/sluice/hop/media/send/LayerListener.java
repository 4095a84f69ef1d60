package live.sluice.hop.media.send;

/**
 * Is told which flows' pictures are left out for want of room. Called on the link's loop, from within the sender, of which
 * it may close flows.
 */
public interface LayerListener {
  /** No picture of that flow is sent any more, up to one of its keyframes for which there is room. */
  void leftOut(int flowId);

  /**
   * There may be room for that flow: its next keyframe is let through, so that one is worth asking for. Told again each
   * second while none comes.
   */
  void roomFor(int flowId);

  /** The flow's pictures are sent again. */
  void resumed(int flowId);
}
