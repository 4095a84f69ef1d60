package live.sluice.bench.rtc;

import java.util.List;
import live.sluice.bench.clip.RtcPayload;

/** Where a publisher of packets sends them. On its loop alone. */
public interface PacketSink {
  /** Whether it takes more. */
  boolean isWritable();

  /** Whether a keyframe was asked for since the last call. */
  boolean takeKeyframeWanted();

  /**
   * Writes a packet of sound.
   *
   * @param wallNanos the clock that it tells
   * @return the bytes that it takes, 0 where the server takes no sound
   */
  int sound(RtcPayload payload, long mediaMs, long wallNanos);

  /**
   * Writes the packets of a picture.
   *
   * @param wallNanos the clock that it tells
   * @return the bytes that they take
   */
  int picture(List<RtcPayload> payloads, long mediaMs, long wallNanos);

  /** Sends what was written. */
  void flush();
}
