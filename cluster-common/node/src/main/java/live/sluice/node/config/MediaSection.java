package live.sluice.node.config;

import java.time.Duration;

/**
 * Streams, and how players are kept. Every key stands in {@code reference.yaml}.
 *
 * @param gopBytes most bytes kept for players that join
 * @param gopFrames most frames kept
 * @param readerLag how far behind live a player may fall
 * @param readerBytes the same in bytes
 * @param readerStuck how long a player may read nothing
 * @param playerWait how long a player waits for a publisher
 * @param playerKeep how long players stay after the publisher has gone
 * @param publishIdle how long a publisher may send nothing
 * @param memoryBudget direct memory up to which further players are taken
 * @param takeOver whether a second publisher of a name ends the first
 */
public record MediaSection(
    @Between(min = "0B", max = "1GiB") DataSize gopBytes,
    @Between(min = "0", max = "1000000") int gopFrames,
    @Between(min = "100ms", max = "5m") Duration readerLag,
    @Between(min = "64KiB", max = "1GiB") DataSize readerBytes,
    @Between(min = "1s", max = "1h") Duration readerStuck,
    @Between(min = "0s", max = "1h") Duration playerWait,
    @Between(min = "0s", max = "24h") Duration playerKeep,
    @Between(min = "1s", max = "1h") Duration publishIdle,
    @Between(min = "16MiB", max = "1024GiB") DataSize memoryBudget,
    boolean takeOver) {

  /** What holds where the file says nothing. */
  public static MediaSection defaults() {
    return new MediaSection(
        DataSize.mib(16),
        4096,
        Duration.ofSeconds(5),
        DataSize.mib(16),
        Duration.ofSeconds(30),
        Duration.ofSeconds(10),
        Duration.ofMinutes(2),
        Duration.ofSeconds(15),
        DataSize.mib(1024),
        false);
  }
}
