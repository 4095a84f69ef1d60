package live.sluice.rtmp;

import java.time.Duration;
import live.sluice.rtmp.chunk.ChunkBounds;

/**
 * Bounds on what clients may take.
 *
 * @param handshakeTimeout how long the handshake may take, and again the {@code connect} after it
 * @param commandTimeout how long a connected client may neither publish nor play
 * @param pauseLimit how long a player may pause
 * @param maxChunkBytes greatest chunk size; a greater one that a client sets counts as this
 * @param maxMessageBytes longest message
 * @param maxChunkStreams most chunk streams of a connection
 * @param maxStreams most message streams of a connection
 * @param maxUrlLength most characters of each of tcUrl, app, page and stream name
 * @param writeLowBytes when this little waits to be sent, a player takes more
 * @param writeHighBytes when this much waits to be sent, a player takes nothing more
 */
public record RtmpServerSettings(
    Duration handshakeTimeout,
    Duration commandTimeout,
    Duration pauseLimit,
    int maxChunkBytes,
    int maxMessageBytes,
    int maxChunkStreams,
    int maxStreams,
    int maxUrlLength,
    int writeLowBytes,
    int writeHighBytes) {

  /** What suits most. */
  public static RtmpServerSettings defaults() {
    return new RtmpServerSettings(
        Duration.ofSeconds(10),
        Duration.ofSeconds(15),
        Duration.ofMinutes(10),
        16 << 20,
        16 << 20,
        64,
        16,
        4096,
        256 << 10,
        1 << 20);
  }

  ChunkBounds chunkBounds() {
    return new ChunkBounds(maxMessageBytes, maxMessageBytes + maxMessageBytes / 2, maxChunkStreams, maxChunkBytes);
  }
}
