package live.sluice.rtmp.chunk;

/**
 * What a peer may ask of a {@link ChunkReader}.
 *
 * @param maxMessageBytes longest message, in bytes
 * @param maxPartialBytes most bytes held for all messages of which only a part has come
 * @param maxChunkStreams most chunk streams
 * @param maxChunkSize greatest chunk size, in bytes; a greater one that is set counts as this
 */
public record ChunkBounds(int maxMessageBytes, int maxPartialBytes, int maxChunkStreams, int maxChunkSize) {

  /** Bounds around that one on a message: half as much again for all partial ones, 64 chunk streams. */
  public static ChunkBounds ofMessage(int maxMessageBytes) {
    return new ChunkBounds(maxMessageBytes, maxMessageBytes + maxMessageBytes / 2, 64, 16 << 20);
  }
}
