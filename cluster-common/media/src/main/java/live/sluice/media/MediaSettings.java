package live.sluice.media;

import java.time.Duration;

/**
 * Bounds and delays of streams and their readers.
 *
 * @param gopBytes most bytes of payload that a stream keeps for players that join
 * @param gopFrames most frames that it keeps
 * @param readerLag how far behind live a player may fall before it loses whole GOPs
 * @param readerBytes the same in bytes
 * @param readerStuck how long a player may read nothing at all before its session ends
 * @param playerWait how long a player that came before the publisher waits
 * @param playerKeep how long players stay after the publisher has gone
 * @param pullLinger how long a pull goes on after its last reader left
 * @param publishIdle how long a publisher may send nothing
 * @param memoryBudget most bytes of direct memory in use at which further players are still taken
 * @param takeOver whether a second publisher of a name takes over from the first; else it is refused
 */
public record MediaSettings(
    int gopBytes,
    int gopFrames,
    Duration readerLag,
    int readerBytes,
    Duration readerStuck,
    Duration playerWait,
    Duration playerKeep,
    Duration pullLinger,
    Duration publishIdle,
    long memoryBudget,
    boolean takeOver) {

  /** What suits most. */
  public static MediaSettings defaults() {
    return new MediaSettings(
        16 << 20,
        4096,
        Duration.ofSeconds(5),
        16 << 20,
        Duration.ofSeconds(30),
        Duration.ofSeconds(10),
        Duration.ofMinutes(2),
        Duration.ofSeconds(5),
        Duration.ofSeconds(15),
        1L << 30,
        false);
  }
}
