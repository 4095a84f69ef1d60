package live.sluice.rtp.payload;

import io.netty.buffer.ByteBuf;

/** What a depacketizer tells, on the thread that calls it. The depacketizer must not be called from here. */
public interface AccessUnitListener {
  /**
   * The codec's configuration record from the next access unit on: an AVCDecoderConfigurationRecord and the like, with
   * lengths of 4 bytes, or an OpusHead. Told before the first unit and when it changes; G.711 has none.
   */
  void onConfig(byte[] record);

  /**
   * A whole access unit or frame of sound, in the form of {@link live.sluice.media.Frame}: NAL units behind lengths of
   * 4 bytes without parameter sets, OBUs with their sizes, or sound as it is. Decoding order is presentation order.
   *
   * @param payload owned by the listener, which releases it
   * @param timestamp in ticks of the track's clock; 32-bit wraps undone
   * @param keyframe whether decoding can begin here; true of sound
   */
  void onAccessUnit(ByteBuf payload, long timestamp, boolean keyframe);

  /**
   * Nothing comes before the next keyframe, since something was lost or there was none yet. Told at once, and again
   * every {@link DepacketizerSettings#keyframeRetryMillis} for as long as packets come or {@link Depacketizer#poll} is
   * called.
   */
  void onKeyframeNeeded();
}
