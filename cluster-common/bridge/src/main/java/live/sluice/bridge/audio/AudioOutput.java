package live.sluice.bridge.audio;

import io.netty.buffer.ByteBuf;
import live.sluice.media.ErrorCode;

/** Takes what a transcoder makes, on the loop that the transcoder was opened with. Nothing comes after its close. */
public interface AudioOutput {
  /**
   * A coded frame, in order; it is the callee's to release.
   *
   * @param pts presentation time of its first sample in ticks of 48 kHz, on the clock of what was put in; the first one
   * may     lie before that, by what the encoder needs to begin
   */
  void onAudio(ByteBuf payload, long pts);

  /** Nothing will come, for that reason: the codec or the library can't be used. Told once. */
  void onAudioFailed(ErrorCode code, String why);
}
