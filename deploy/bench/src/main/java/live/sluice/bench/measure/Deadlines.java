package live.sluice.bench.measure;

/**
 * How late packets may come to be in time, in ns from the publisher's clock.
 *
 * @param pictureNanos packets of pictures
 * @param soundNanos packets of sound
 */
public record Deadlines(long pictureNanos, long soundNanos) {}
