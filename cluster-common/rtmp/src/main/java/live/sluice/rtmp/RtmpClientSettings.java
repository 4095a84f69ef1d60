package live.sluice.rtmp;

import java.time.Duration;
import live.sluice.rtmp.chunk.ChunkBounds;

/**
 * How patient a client is, and what it takes.
 *
 * @param connectTimeout how long it may take from the first packet until the stream begins
 * @param idleTimeout how long a stream that is played may bring nothing, a publish may be taken nothing of, and its
 *     server may leave pings unanswered
 * @param maxMessageBytes longest message
 * @param writeHighBytes when this much waits to be sent, frames of a publish are dropped up to the next keyframe
 * @param signed whether the handshake is the complex one
 */
public record RtmpClientSettings(
    Duration connectTimeout, Duration idleTimeout, int maxMessageBytes, int writeHighBytes, boolean signed) {

  /** What suits most. */
  public static RtmpClientSettings defaults() {
    return new RtmpClientSettings(Duration.ofSeconds(5), Duration.ofSeconds(15), 16 << 20, 8 << 20, false);
  }

  ChunkBounds chunkBounds() {
    return ChunkBounds.ofMessage(maxMessageBytes);
  }
}
